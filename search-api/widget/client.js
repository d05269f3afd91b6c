// Asks the endpoint, and believes nothing that it says until it has been looked at.

/** @typedef {import('./words.js').Reason} Reason */
/** @typedef {{ text: string, marked: boolean }} Segment */
/** @typedef {{ text: string, kind: string, id: string | null }} Suggestion */
/**
 * @typedef {object} Hit
 * @property {string} id
 * @property {string} kind
 * @property {Segment[]} heading
 * @property {Segment[][]} clauses
 * @property {string[]} path from the document down
 * @property {number} also how many other units have the same words
 * @property {string} url absolute
 */
/** @typedef {{ total: number, hits: Hit[], weak: Hit[], corrected: string | null }} Results */

/** An endpoint that is silent for so long has failed, in milliseconds. */
const PATIENCE = 10_000

/** No answer, and why. */
export class Failure extends Error {
  /** @param {Reason} reason */
  constructor(reason) {
    super(reason)
    /** @type {Reason} */
    this.reason = reason
  }
}

/**
 * @param {URL} address
 * @param {AbortSignal} signal of whoever asks; when it aborts, the promise is rejected with its reason
 * @returns {Promise<unknown>}
 */
async function ask(address, signal) {
  const impatience = new AbortController()
  const giveUp = () => impatience.abort()
  const timer = setTimeout(giveUp, PATIENCE)
  signal.addEventListener('abort', giveUp)
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json' }, credentials: 'omit', referrerPolicy: 'no-referrer', signal: impatience.signal,
    })
    if (!response.ok) throw new Failure(reasonOf(response.status))
    const text = await response.text()
    try {
      return JSON.parse(text)
    } catch {
      throw new Failure('broken')
    }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Failure) throw error
    throw new Failure(impatience.signal.aborted ? 'timeout' : 'offline')
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
  }
}

/**
 * @param {number} status
 * @returns {Reason}
 */
function reasonOf(status) {
  if (status === 429 || status === 503) return 'busy'
  return status >= 400 && status < 500 ? 'refused' : 'broken'
}

/**
 * Names for what was typed so far.
 * @param {URL} endpoint
 * @param {string} q
 * @param {AbortSignal} signal
 * @returns {Promise<Suggestion[]>}
 */
export async function suggest(endpoint, q, signal) {
  const address = new URL('api/v1/suggest', endpoint)
  address.searchParams.set('q', q)
  const answer = object(await ask(address, signal))
  return list(answer.suggestions).map(object).map((one) => ({
    text: string(one.text), kind: string(one.kind), id: typeof one.id === 'string' ? one.id : null,
  }))
}

/**
 * What answers a query.
 * @param {URL} endpoint
 * @param {URLSearchParams} parameters of `GET /search`
 * @param {AbortSignal} signal
 * @returns {Promise<Results>}
 */
export async function search(endpoint, parameters, signal) {
  const address = new URL('api/v1/search', endpoint)
  address.search = parameters.toString()
  const answer = object(await ask(address, signal))
  const { corrected } = object(answer.query)
  if (typeof answer.total !== 'number') throw new Failure('broken')
  const most = Number(parameters.get('limit'))
  const hits = (/** @type {unknown} */ all) => list(all).slice(0, most).map((one) => hit(object(one), endpoint))
  return {
    total: answer.total, hits: hits(answer.hits), weak: hits(answer.weak),
    corrected: typeof corrected === 'string' ? corrected : null,
  }
}

/**
 * @param {Record<string, unknown>} one
 * @param {URL} endpoint
 * @returns {Hit}
 */
function hit(one, endpoint) {
  const path = list(one.path).map((step) => string(object(step).label))
  if (one.document) path.unshift(string(object(one.document).title))
  return {
    id: string(one.id),
    kind: string(one.kind),
    heading: segments(one.heading),
    clauses: list(one.clauses).map((clause) => segments(object(clause).segments)),
    path,
    also: typeof one.also_total === 'number' ? one.also_total : 0,
    url: address(string(one.url), endpoint),
  }
}

/**
 * A page's address: nothing that runs.
 * @param {string} url
 * @param {URL} endpoint
 */
function address(url, endpoint) {
  let parsed
  try {
    parsed = new URL(url, endpoint)
  } catch {
    throw new Failure('broken')
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') throw new Failure('broken')
  return parsed.href
}

/** @param {unknown} all @returns {Segment[]} */
function segments(all) {
  return list(all).map(object).map((one) => ({ text: string(one.text), marked: one.marked === true }))
}

/** @param {unknown} value @returns {Record<string, unknown>} */
function object(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Failure('broken')
  return /** @type {Record<string, unknown>} */ (value)
}

/** @param {unknown} value @returns {unknown[]} */
function list(value) {
  if (!Array.isArray(value)) throw new Failure('broken')
  return value
}

/** @param {unknown} value */
function string(value) {
  if (typeof value !== 'string') throw new Failure('broken')
  return value
}
