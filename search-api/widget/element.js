// The element itself: a combobox with a list of suggestions, and results below it.

import { Failure, search, suggest } from './client.js'
import { element, renderHit, renderSuggestion } from './results.js'
import { looks } from './style.js'
import { wordsOf } from './words.js'

/** @typedef {import('./client.js').Suggestion} Suggestion */
/** @typedef {import('./client.js').Results} Results */

/** A typist's pause, in milliseconds: suggestions are asked for after it. */
const PAUSE = 120
/** An answer that takes longer is announced as being waited for. */
const NOTICEABLE = 400
const LONGEST = 1000
const FILTERS = ['kind', 'document', 'statute', 'article']

/**
 * `<lawcite-search>`
 *
 * Attributes, all optional:
 * - `endpoint`: the lawcite server; the one that the script came from
 * - `kind`, `document`, `statute`, `article`: filters, several parted by commas
 * - `lang`: `zh` or `en`, for what the element says; that of the page around it
 * - `limit`: how many results are shown (5)
 * - `placeholder`, `label`: instead of the element's own
 *
 * Events, which bubble out of shadow trees:
 * - `lawcite-search`: `detail` is `{ query, total }`, when results are there
 * - `lawcite-select`: `detail` is `{ hit }` or `{ suggestion }`, when one is chosen; `preventDefault()` keeps the link from being
 *   followed or the suggestion from being searched for
 * - `lawcite-error`: `detail` is `{ reason }`: `offline`, `timeout`, `busy`, `refused` or `broken`
 */
export class LawciteSearch extends HTMLElement {
  static observedAttributes = ['endpoint', 'lang', 'placeholder', 'label', ...FILTERS]

  #form = element('form', 'form')
  #input = element('input', 'input')
  #button = element('button', 'button')
  #label = element('label', 'label')
  #list = element('ul', 'suggestions')
  #status = element('p', 'status')
  #results = element('div', 'results')

  /** @type {Suggestion[]} */
  #suggestions = []
  #active = -1
  #composing = false
  /** What an input method is finishing with Enter is no query. */
  #ignoresSubmit = false
  /** The request that counts: a newer one aborts it. */
  #request = new AbortController()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true })
    root.adoptedStyleSheets = [looks]
    const form = this.#form
    form.setAttribute('role', 'search')
    this.#input.type = 'search'
    this.#input.id = 'input'
    this.#input.maxLength = LONGEST
    this.#input.autocomplete = 'off'
    this.#input.spellcheck = false
    for (const [name, value] of Object.entries({
      role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': 'list', 'aria-expanded': 'false', enterkeyhint: 'search',
    })) this.#input.setAttribute(name, value)
    this.#label.htmlFor = 'input'
    this.#label.className = 'unseen'
    this.#list.id = 'list'
    this.#list.setAttribute('role', 'listbox')
    this.#list.hidden = true
    this.#button.type = 'submit'
    this.#status.className = 'status'
    this.#status.setAttribute('role', 'status')
    this.#status.setAttribute('aria-live', 'polite')
    const field = element('div', '', this.#input, this.#list)
    field.className = 'field'
    form.append(this.#label, field, this.#button)
    root.append(form, this.#status, this.#results)
    this.#listen()
  }

  connectedCallback() {
    this.#speak()
  }

  disconnectedCallback() {
    this.#forget()
    this.#close()
    this.#composing = false
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) return
    if (name === 'lang' || name === 'placeholder' || name === 'label') this.#speak()
    else this.#clear()
  }

  /** What is in the box. */
  get value() {
    return this.#input.value
  }

  set value(text) {
    this.#input.value = text
  }

  /**
   * Searches, as if the query had been typed.
   * @param {string} [query]
   */
  async search(query = this.value) {
    this.value = query
    const q = query.trim()
    this.#close()
    if (!q) return this.#clear()
    const words = this.#words
    await this.#ask((signal) => search(this.#endpoint, this.#parameters(q), signal), (results) => {
      this.#show(q, results)
      this.#say(results.total > 0 ? words.counted(results.total) : results.weak.length > 0 ? words.weak : words.nothing)
      this.#tell('lawcite-search', { query: q, total: results.total })
    }, words.searching)
  }

  #listen() {
    const input = this.#input
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      if (!this.#composing && !this.#ignoresSubmit) this.search()
    })
    input.addEventListener('compositionstart', () => {
      this.#composing = true
      this.#forget()
    })
    input.addEventListener('compositionend', () => {
      this.#composing = false
      this.#typed()
    })
    input.addEventListener('input', (event) => {
      const { isComposing } = /** @type {InputEvent} */ (event)
      if (!isComposing && !this.#composing) this.#typed()
    })
    input.addEventListener('keydown', (event) => this.#pressed(event))
    input.addEventListener('blur', () => this.#close())
    // A press must not take the focus out of the box before it is a click.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault())
    this.#list.addEventListener('click', (event) => {
      const option = event.target instanceof Element ? event.target.closest('[role=option]') : null
      const at = option ? [...this.#list.children].indexOf(option) : -1
      if (at >= 0) this.#choose(at)
    })
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    // Some input methods end the composition before the key that ended it arrives, as key 229.
    if (event.isComposing || this.#composing || event.keyCode === 229) {
      this.#ignoresSubmit = true
      setTimeout(() => { this.#ignoresSubmit = false })
      return
    }
    const last = this.#suggestions.length - 1
    const isOpen = !this.#list.hidden
    if (event.key === 'ArrowDown' && last >= 0) this.#activate(isOpen && this.#active < last ? this.#active + 1 : 0)
    else if (event.key === 'ArrowUp' && last >= 0) this.#activate(isOpen && this.#active > 0 ? this.#active - 1 : last)
    else if (event.key === 'Escape' && (isOpen || this.value)) {
      if (isOpen) this.#close()
      else this.value = ''
      if (!this.value) this.#clear()
    } else if (event.key === 'Enter') {
      if (isOpen && this.#active >= 0) this.#choose(this.#active)
      else this.search()
    } else return
    event.preventDefault()
  }

  /** Something was typed: names for it, after a pause. */
  #typed() {
    this.#forget()
    const q = this.value.trim()
    if (!q) return this.#clear()
    this.#pause = setTimeout(() => {
      this.#ask((signal) => suggest(this.#endpoint, q, signal), (suggestions) => this.#offer(suggestions))
    }, PAUSE)
  }

  /**
   * Asks the endpoint; whatever was asked before counts no more.
   * @template T
   * @param {(signal: AbortSignal) => Promise<T>} ask
   * @param {(answer: T) => void} take
   * @param {string} [meanwhile] what to say if it takes long
   */
  async #ask(ask, take, meanwhile) {
    this.#forget()
    const { signal } = this.#request
    const waiting = meanwhile === undefined ? undefined : setTimeout(() => this.#say(meanwhile), NOTICEABLE)
    try {
      const answer = await ask(signal)
      if (!signal.aborted) take(answer)
    } catch (error) {
      if (signal.aborted) return
      const reason = error instanceof Failure ? error.reason : 'broken'
      this.#close()
      this.#results.replaceChildren()
      this.#say(this.#words.failed[reason], true)
      this.#tell('lawcite-error', { reason })
    } finally {
      clearTimeout(waiting)
    }
  }

  /** Drops what is being asked or about to be. */
  #forget() {
    clearTimeout(this.#pause)
    this.#request.abort()
    this.#request = new AbortController()
  }

  #clear() {
    this.#forget()
    this.#close()
    this.#results.replaceChildren()
    this.#say('')
  }

  /** @param {Suggestion[]} suggestions */
  #offer(suggestions) {
    this.#suggestions = suggestions
    const words = this.#words
    this.#list.replaceChildren(...suggestions.map((one, at) => renderSuggestion(one, `option-${at}`, words)))
    this.#activate(-1)
    if (suggestions.length === 0) this.#close()
    this.#say(suggestions.length > 0 ? words.suggested(suggestions.length) : '')
  }

  /** @param {number} at the suggestion that the arrow keys have reached, -1 for none */
  #activate(at) {
    this.#active = at
    this.#list.hidden = false
    this.#input.setAttribute('aria-expanded', 'true')
    for (const [number, option] of [...this.#list.children].entries()) {
      option.setAttribute('aria-selected', String(number === at))
      if (number === at) option.scrollIntoView({ block: 'nearest' })
    }
    if (at < 0) this.#input.removeAttribute('aria-activedescendant')
    else this.#input.setAttribute('aria-activedescendant', `option-${at}`)
  }

  #close() {
    this.#active = -1
    this.#list.hidden = true
    this.#input.setAttribute('aria-expanded', 'false')
    this.#input.removeAttribute('aria-activedescendant')
  }

  /** @param {number} at */
  #choose(at) {
    const suggestion = this.#suggestions[at]
    this.#close()
    if (suggestion && this.#tell('lawcite-select', { suggestion })) this.search(suggestion.text)
  }

  /**
   * @param {string} q
   * @param {Results} results
   */
  #show(q, results) {
    const words = this.#words
    const list = element('ol', 'hits')
    for (const hit of results.total > 0 ? results.hits : results.weak) {
      list.append(renderHit(hit, words, (event) => {
        if (!this.#tell('lawcite-select', { hit })) event.preventDefault()
      }))
    }
    list.setAttribute('aria-label', words.results)
    this.#results.replaceChildren()
    const { corrected } = results
    if (corrected !== null) {
      const meant = element('button', 'meant', corrected)
      meant.type = 'button'
      meant.className = 'meant'
      meant.addEventListener('click', () => this.search(corrected))
      this.#results.append(element('p', 'correction', words.meant, meant))
    }
    if (list.children.length > 0) this.#results.append(list)
    if (results.total > results.hits.length) {
      const all = element('a', 'all-link', words.all(results.total))
      const address = new URL(this.#endpoint)
      const parameters = this.#parameters(q)
      parameters.delete('limit')
      address.search = parameters.toString()
      all.href = address.href
      this.#results.append(element('p', 'all', all))
    }
  }

  /**
   * @param {string} text
   * @param {boolean} [failed]
   */
  #say(text, failed = false) {
    this.#status.classList.toggle('failed', failed)
    this.#status.textContent = text
  }

  /**
   * @param {string} type
   * @param {object} detail
   * @returns {boolean} whether nobody prevented what follows
   */
  #tell(type, detail) {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }))
  }

  /** The texts that depend on the language. */
  #speak() {
    const words = this.#words
    const label = this.getAttribute('label') ?? words.label
    this.#label.textContent = label
    this.#form.setAttribute('aria-label', label)
    this.#input.placeholder = this.getAttribute('placeholder') ?? words.placeholder
    this.#button.textContent = words.button
    this.#list.setAttribute('aria-label', words.suggestions)
    for (const part of [this.#form, this.#status, this.#results]) part.lang = words.tag
  }

  get #words() {
    return wordsOf(this.closest('[lang]')?.getAttribute('lang') ?? '')
  }

  /** The server's root; it ends with a slash. */
  get #endpoint() {
    const endpoint = this.getAttribute('endpoint')
    const root = endpoint === null ? new URL('..', import.meta.url) : new URL(endpoint, document.baseURI)
    if (!root.pathname.endsWith('/')) root.pathname += '/'
    return root
  }

  /** @param {string} q */
  #parameters(q) {
    const parameters = new URLSearchParams({ q })
    for (const name of FILTERS) {
      for (const value of (this.getAttribute(name) ?? '').split(/[,，]/)) {
        if (value.trim()) parameters.append(name, value.trim())
      }
    }
    const limit = Number.parseInt(this.getAttribute('limit') ?? '', 10)
    parameters.set('limit', String(limit >= 1 && limit <= 100 ? limit : 5))
    return parameters
  }
}
