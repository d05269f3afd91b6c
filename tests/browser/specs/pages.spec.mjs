// Every page: nothing for axe to say in either scheme and width, within its budget, the same without scripts.

import { gzipSync } from 'node:zlib'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pages, pasted } from '../support/pages.mjs'
import { root } from '../support/servers.mjs'
import { expect, expectAccessible, looks, test } from '../support/test.mjs'

const KILOBYTE = 1024

for (const { width, colorScheme } of looks) {
  test.describe(`at ${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 800 }, colorScheme })
    test('every page is accessible', async ({ page, lawcite, complaints }) => {
      test.slow()
      for (const [name, address] of pages) {
        const answer = await page.goto(lawcite + address)
        if (answer?.status() === 404) complaints.length = 0
        await expectAccessible(page, name)
      }
    })
    test('a checked text is accessible', async ({ page, lawcite }) => {
      await page.goto(`${lawcite}/cite`)
      await page.getByLabel('要核对的文字').fill(pasted)
      await page.getByRole('button', { name: '核对' }).click()
      await expect(page.getByText('找到 4 处引用')).toBeVisible()
      await expectAccessible(page, 'checked')
    })
  })
}

test('the first page is small and asks nobody else', async ({ page, lawcite }) => {
  /** @type {Promise<Buffer>[]} */
  const bodies = []
  page.on('response', (response) => bodies.push(response.body()))
  await page.goto(lawcite, { waitUntil: 'networkidle' })
  // Each of them to its end: the last may be read when the page is there already.
  const bytes = (await Promise.all(bodies)).map((body) => body.length).reduce((a, b) => a + b, 0)
  expect(bytes).toBeGreaterThan(1 * KILOBYTE)
  expect(bytes).toBeLessThan(50 * KILOBYTE)
})

test('the widget is small', () => {
  const folder = join(root, 'search-api/widget')
  const modules = readdirSync(folder).filter((name) => name.endsWith('.js'))
  const bytes = modules.map((name) => gzipSync(readFileSync(join(folder, name))).length).reduce((a, b) => a + b)
  expect(bytes).toBeLessThanOrEqual(15 * KILOBYTE)
})

test('headers keep pages to themselves', async ({ request, lawcite }) => {
  for (const [, address] of pages) {
    const { 'content-security-policy': policy, 'referrer-policy': referrer } = (await request.get(lawcite + address)).headers()
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(referrer).toBe('no-referrer')
  }
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  test('a question leads to a clause and its link, and a text is checked', async ({ page, lawcite }) => {
    await page.goto(lawcite)
    await page.getByRole('searchbox').fill('泄露用人单位和个人信息')
    await page.getByRole('button', { name: '检索' }).click()
    await page.getByRole('link', { name: '《社会保险法》第九十二条', exact: true }).first().click()
    await expect(page.locator('#citation-1-article-92, #citation-3-article-92').first()).toContainText('泄露用人单位和个人信息的')
    await page.getByRole('link', { name: /^固定链接：《社会保险法》第九十二条；/ }).first().click()
    await expect(page).toHaveURL(/\?v=[0-9a-f]{8}-citation-\d-article-92#citation-\d-article-92$/)
    await page.getByRole('link', { name: '核对引文' }).click()
    await page.getByLabel('要核对的文字').fill(pasted)
    await page.getByRole('button', { name: '核对' }).click()
    await expect(page.locator('.pasted mark')).toHaveCount(4)
  })
})
