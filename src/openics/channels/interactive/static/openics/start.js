// Runs before the page is drawn, so that components that need scripts are laid out as such from the beginning.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
