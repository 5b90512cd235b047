// For signed-in people: forms save themselves as drafts, a warning comes before the session idles out, and other tabs
// hear of it when somebody signs out. Without this script pages work as well; a form sent too late is kept by the server.
const WARN_BEFORE = 120
const SAVE_AFTER = 3000

const { session, stay, draftSave, signIn } = document.body.dataset
let saved = false
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('openics-session') : null
const token = () => document.querySelector('input[name=csrfmiddlewaretoken]').value

function post (address, fields = {}) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token(), ...fields })
  return window.fetch(address, { method: 'POST', body, redirect: 'manual' })
}

function content (form) {
  const fields = { do: form.dataset.draft }
  for (const [name, value] of new FormData(form)) {
    const input = form.elements.namedItem(name)
    const secret = input && (input.type === 'password' || input.type === 'file')
    if (typeof value === 'string' && !secret && name !== 'csrfmiddlewaretoken') fields[name] = value
  }
  return JSON.stringify(fields)
}

function saveItself (form) {
  let timer
  const save = () => {
    post(draftSave, { page: window.location.pathname, content: content(form) })
      .then((answer) => {
        if (answer.status !== 204) return
        saved = true
        restart()
      })
      .catch(() => {}) // the network is away: the next keystroke tries again
  }
  form.addEventListener('input', () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(save, SAVE_AFTER)
  })
  form.addEventListener('submit', () => window.clearTimeout(timer))
}

// The warning is made here, since it is of no use without the script.
const warning = document.createElement('dialog')
warning.className = 'ics-timeout'
warning.setAttribute('aria-labelledby', 'timeout-title')
warning.innerHTML = '<h2 class="govuk-heading-m" id="timeout-title">Your session is about to end</h2>' +
  '<p class="govuk-body">In <span data-left></span> you are signed out, because no page was opened for a while. ' +
  'What you typed into a form is kept as a draft.</p>' +
  '<button class="govuk-button" type="button">Stay signed in</button>'

let end
let ticking

function restart (seconds = Number(session)) {
  end = Date.now() + seconds * 1000
  if (warning.open) warning.close()
}

// Opened anew, not reloaded: a page that answered a form would be sent again.
function leave () {
  window.location.replace(saved ? signIn : window.location.pathname + window.location.search)
}

function words (seconds) {
  const minutes = Math.ceil(seconds / 60)
  return minutes > 1 ? `${minutes} minutes` : 'less than a minute'
}

function tick () {
  const left = (end - Date.now()) / 1000
  if (left <= -2) {
    window.clearInterval(ticking)
    leave()
  } else if (left <= WARN_BEFORE) {
    warning.querySelector('[data-left]').textContent = words(left)
    if (!warning.open) warning.showModal()
  }
}

function watch () {
  document.body.append(warning)
  warning.querySelector('button').addEventListener('click', () => {
    post(stay).then((answer) => answer.status === 204 ? goOn() : leave()).catch(() => {})
  })
  restart()
  ticking = window.setInterval(tick, 1000)
}

function goOn () {
  restart()
  if (tabs) tabs.postMessage('opened')
}

if (session) {
  watch()
  document.querySelectorAll('[data-draft]').forEach(saveItself)
  if (tabs) tabs.postMessage('opened')
} else if (tabs) {
  tabs.postMessage('signed out')
}

if (tabs && session) {
  tabs.addEventListener('message', (event) => {
    if (event.data === 'opened') restart()
    // Another tab shows a page of somebody who is not signed in: ask the server whether this one still is.
    if (event.data === 'signed out') {
      post(stay).then((answer) => { if (answer.status !== 204) leave() }).catch(() => {})
    }
  })
}
