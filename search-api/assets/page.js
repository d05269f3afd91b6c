// What makes the pages handier where scripts run: buttons beside permanent links that copy the link or the citation, and
// one that prints. Without it the links are there all the same.

const words = document.body.dataset

/** Says what happened, for eyes and for screen readers. */
const status = document.createElement('p')
status.className = 'status'
status.setAttribute('role', 'status')
document.body.append(status)

/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence

/** @param {string} text */
function say(text) {
  status.textContent = text
  clearTimeout(silence)
  silence = setTimeout(() => { status.textContent = '' }, 4000)
}

/**
 * Copies a text. Browsers have a clipboard for pages of https only; the older way works in closed networks too.
 * @param {string} text
 * @returns {Promise<boolean>} whether it was copied
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement('textarea')
    field.className = 'hidden'
    field.value = text
    const focused = document.activeElement
    document.body.append(field)
    field.select()
    const copied = document.execCommand('copy')
    field.remove()
    if (focused instanceof HTMLElement) focused.focus()
    return copied
  }
}

/**
 * @param {string} label
 * @param {() => void} act
 */
function button(label, act) {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = label
  made.addEventListener('click', act)
  return made
}

/** @param {string} text */
async function copyAndSay(text) {
  say(await copy(text) ? (words.copied ?? '').replace('{}', text) : words.notCopied ?? '')
}

for (const link of document.querySelectorAll('a.permalink')) {
  if (!(link instanceof HTMLAnchorElement)) continue
  const citation = link.dataset.citation ?? ''
  link.after(
    button(words.copyLink ?? '', () => copyAndSay(link.href)),
    button(words.copyCitation ?? '', () => copyAndSay(`${citation} ${link.href}`)),
  )
}

const footer = document.querySelector('footer')
footer?.append(' ', button(words.print ?? '', () => window.print()))

export {} // a module: its names are its own
