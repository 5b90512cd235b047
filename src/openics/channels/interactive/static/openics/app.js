// Components, and the control over parts that refresh themselves (attribute data-live).
import { initAll } from '../vendor/govuk-frontend.min.js'

initAll()

const KEY = 'openics.refreshing'
const isPaused = () => window.sessionStorage.getItem(KEY) === 'paused'

function showControls () {
  for (const button of document.querySelectorAll('[data-live-control]')) {
    button.hidden = document.querySelector('[data-live]') === null
    button.textContent = isPaused() ? 'Go on refreshing' : 'Pause refreshing'
  }
}

for (const button of document.querySelectorAll('[data-live-control]')) {
  button.addEventListener('click', () => {
    window.sessionStorage.setItem(KEY, isPaused() ? 'on' : 'paused')
    showControls()
  })
}

// Nobody's place is lost: a part is left alone while paused, while its page is hidden, and while the keyboard is in it.
document.body.addEventListener('htmx:beforeRequest', (event) => {
  const part = event.target.closest('[data-live]')
  if (part && (isPaused() || document.hidden || part.contains(document.activeElement))) event.preventDefault()
})
document.body.addEventListener('htmx:afterSettle', showControls)
showControls()

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

for (const details of document.querySelectorAll('main details')) {
  window.addEventListener('beforeprint', () => { details.open = true })
}

// A file dropped on the workshop's text goes the way of a chosen one.
for (const form of document.querySelectorAll('[data-drop]')) {
  const file = form.querySelector('input[type=file]')
  const mark = (over) => form.classList.toggle('ics-drop--over', over)
  form.addEventListener('dragover', (event) => { event.preventDefault(); mark(true) })
  form.addEventListener('dragleave', () => mark(false))
  form.addEventListener('drop', (event) => {
    mark(false)
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    file.files = event.dataTransfer.files
    form.querySelector('button[value=decode]').click()
  })
}

// What the navigation shows on demand covers the page: it closes when the keyboard or the mouse goes elsewhere.
const more = document.querySelector('.ics-more__details')
if (more) {
  document.addEventListener('click', (event) => { if (!more.contains(event.target)) more.open = false })
  more.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !more.contains(event.relatedTarget)) more.open = false
  })
  more.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !more.open) return
    more.open = false
    more.querySelector('summary').focus()
  })
}
