// Results and suggestions as elements. Statute text stays text, never markup.

/** @typedef {import('./client.js').Hit} Hit */
/** @typedef {import('./client.js').Segment} Segment */
/** @typedef {import('./client.js').Suggestion} Suggestion */
/** @typedef {import('./words.js').Words} Words */

/**
 * An element that can be styled from outside by its part.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} part
 * @param {...(Node | string)} children
 */
export function element(tag, part, ...children) {
  const made = document.createElement(tag)
  if (part) made.part.add(part)
  made.append(...children)
  return made
}

/**
 * Puts matched segments in `<mark>`.
 * @param {Segment[]} segments
 */
export function marked(segments) {
  return segments.map(({ text, marked }) => (marked ? element('mark', 'mark', text) : text))
}

/**
 * The name of a kind; an unknown one has none.
 * @param {string} kind
 * @param {Words} words
 */
function kindOf(kind, words) {
  return /** @type {Record<string, string>} */ (words.kinds)[kind] ?? ''
}

/**
 * @param {Hit} hit
 * @param {Words} words
 * @param {(event: MouseEvent) => void} select what to do when it is chosen
 */
export function renderHit(hit, words, select) {
  const kind = kindOf(hit.kind, words)
  const link = element('a', 'link', ...marked(hit.heading))
  if (hit.heading.length === 0) link.textContent = kind
  link.href = hit.url
  link.addEventListener('click', select)
  link.lang = 'zh-CN'
  const line = element('p', 'heading', link, ' ', element('span', 'kind', kind))
  const item = element('li', 'hit', line)
  for (const clause of hit.clauses) {
    const shown = element('p', 'clause', ...marked(clause))
    shown.lang = 'zh-CN'
    item.append(shown)
  }
  if (hit.path.length > 0) {
    const path = element('p', 'path', hit.path.join(' › '))
    path.lang = 'zh-CN'
    item.append(path)
  }
  if (hit.also > 0) {
    const isDuty = /\/duty\/\d+\//.test(hit.id)
    item.append(element('p', 'also', isDuty ? words.duties(hit.also + 1) : words.same(hit.also)))
  }
  return item
}

/**
 * @param {Suggestion} suggestion
 * @param {string} id
 * @param {Words} words
 */
export function renderSuggestion(suggestion, id, words) {
  const text = element('span', 'text', suggestion.text)
  text.lang = 'zh-CN'
  const option = element('li', 'suggestion', text, element('span', 'kind', kindOf(suggestion.kind, words)))
  option.id = id
  option.setAttribute('role', 'option')
  option.setAttribute('aria-selected', 'false')
  return option
}
