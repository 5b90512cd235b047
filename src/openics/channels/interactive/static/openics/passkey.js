// Says on the page what went wrong with a passkey, instead of in the console alone.
const TEXTS = {
  NotAllowedError: 'The passkey was not used: the request was cancelled or took too long. Try again.',
  InvalidStateError: 'This passkey is set up already.',
  NotSupportedError: 'This browser or device cannot make such a passkey.',
  SecurityError: 'Passkeys work only at the address that this system is set up for. Check the address of the page.'
}

document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const name = event.detail.exception && event.detail.exception.name
  const place = document.getElementById('passkey-problem')
  place.textContent = TEXTS[name] || 'The passkey could not be used. Try again, or use another way.'
  place.hidden = false
})
