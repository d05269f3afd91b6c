// What every test has: the addresses of both servers, and an eye on the browser's console.

import AxeBuilder from '@axe-core/playwright'
import { expect, test as base } from '@playwright/test'

/** @typedef {import('@playwright/test').Page} Page */

/** Sizes and schemes in which everything is looked at. */
export const looks = [1280, 360].flatMap((width) =>
  /** @type {const} */ (['light', 'dark']).map((colorScheme) => ({ width, colorScheme })))

/** @type {ReturnType<typeof base.extend<{ lawcite: string, portal: string, complaints: string[], quiet: void }>>} */
export const test = base.extend({
  // eslint-disable-next-line no-empty-pattern
  lawcite: async ({}, use) => use(process.env.LAWCITE_URL ?? ''),
  portal: async ({}, use) => use(process.env.PORTAL_URL ?? ''),
  /** What the browser complained of: errors, refusals of a content security policy, requests to other hosts. */
  complaints: async ({ page, lawcite, portal }, use) => {
    /** @type {string[]} */
    const complaints = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      if (protocol.startsWith('http') && origin !== lawcite && origin !== portal) complaints.push(`a request to ${request.url()}`)
    })
    await use(complaints)
  },
  /** A test fails if there is a complaint that it does not expect and take out. */
  quiet: [async (/** @type {any} */ { complaints }, /** @type {() => Promise<void>} */ use) => {
    await use()
    expect(complaints).toEqual([])
  }, { auto: true }],
})

/**
 * Every rule of axe, and that nothing is wider than the window.
 * @param {Page} page
 * @param {string} name
 */
export async function expectAccessible(page, name) {
  // There are no frames, so nothing needs a second page; and no rule reads the style sheets themselves.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'], preload: false })
  const { violations } = await axe.analyze()
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`)
  expect(said, name).toEqual([])
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  expect(wide ?? 0, `${name} is wider than its window`).toBeLessThanOrEqual(window ?? 0)
}

export { expect }
