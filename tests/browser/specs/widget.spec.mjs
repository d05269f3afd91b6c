// The widget on the example pages, which another origin serves.

import { question } from '../support/pages.mjs'
import { expect, expectAccessible, looks, test } from '../support/test.mjs'

/** @typedef {import('@playwright/test').Page} Page */

const box = (/** @type {Page} */ page) => page.getByRole('combobox').first()
const results = (/** @type {Page} */ page) => page.locator('lawcite-search').first().getByRole('listitem')
const status = (/** @type {Page} */ page) => page.locator('lawcite-search').first().getByRole('status')
const options = (/** @type {Page} */ page) => page.getByRole('option')

/** Counts the searches and suggestions that a page asks for. @param {Page} page */
function asked(page) {
  /** @type {string[]} */
  const queries = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname.startsWith('/api/v1/')) queries.push(`${pathname.slice('/api/v1/'.length)} ${searchParams.get('q')}`)
  })
  return queries
}

const hit = (/** @type {string} */ text) => ({
  id: 'list/duty/1/item/1', kind: 'item', score: 1, document: { id: 'list', title: '清单' }, path: [], heading: [],
  clauses: [{ unit: null, segments: [{ text, marked: true }] }], statute: null, article: null, also: [], also_total: 0, url: '/d/list',
})
const answer = (/** @type {string} */ text) => ({ query: { corrected: null }, total: 1, hits: [hit(text)], weak: [] })
const json = (/** @type {unknown} */ body) => ({
  body: JSON.stringify(body), contentType: 'application/json', headers: { 'access-control-allow-origin': '*' },
})

for (const example of ['plain.html', 'portal.html']) {
  test.describe(`in ${example}`, () => {
    test.beforeEach(async ({ page, portal }) => {
      await page.goto(`${portal}/${example}`)
      await expect(box(page)).toBeVisible()
    })

    test('a question is answered with clauses that lead to the server', async ({ page, lawcite }) => {
      const events = page.evaluate(() => new Promise((found) => {
        document.addEventListener('lawcite-search', (event) => found(/** @type {CustomEvent} */ (event).detail), { once: true })
      }))
      await box(page).fill(question)
      await box(page).press('Enter')
      await expect(results(page).first()).toContainText('《社会保险法》第九十二条')
      await expect(results(page).first().locator('[part=clause] mark').first()).toHaveText('泄露')
      await expect(results(page).first()).toContainText('适用于 2 项职责')
      await expect(status(page)).toHaveText(/^\d+ 条结果$/)
      expect(await events).toMatchObject({ query: question })
      await results(page).first().getByRole('link').click()
      await expect(page).toHaveURL(/\/d\/boshan-hrss-2015\/duty\/\d#citation-\d-article-92$/)
      expect(page.url().startsWith(lawcite)).toBe(true)
    })

    test('suggestions are chosen by keys alone', async ({ page }) => {
      await box(page).press('a')
      await box(page).fill('')
      await box(page).pressSequentially('shbx')
      await expect(options(page).first()).toBeVisible()
      await expect(box(page)).toHaveAttribute('aria-expanded', 'true')
      await expect(status(page)).toHaveText(/条建议/)
      await page.keyboard.press('ArrowDown')
      const active = await box(page).getAttribute('aria-activedescendant')
      await expect(page.locator(`#${active}`)).toHaveAttribute('aria-selected', 'true')
      await page.keyboard.press('ArrowUp')
      await expect(options(page).last()).toHaveAttribute('aria-selected', 'true')
      await page.keyboard.press('ArrowDown')
      await expect(options(page).first()).toHaveAttribute('aria-selected', 'true')
      await page.keyboard.press('Escape')
      await expect(options(page).first()).toBeHidden()
      await expect(box(page)).toHaveValue('shbx')
      await page.keyboard.press('ArrowDown')
      const text = await options(page).first().locator('[part=text]').textContent()
      await page.keyboard.press('Enter')
      await expect(box(page)).toHaveValue(text ?? '')
      await expect(results(page).first()).toBeVisible()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Tab')
      await expect(results(page).first().getByRole('link')).toBeFocused()
      await box(page).press('Escape')
      await expect(box(page)).toHaveValue('')
      await expect(results(page)).toHaveCount(0)
    })

    for (const { width, colorScheme } of looks) {
      test(`every state is accessible at ${width} pixels, ${colorScheme}`, async ({ page }) => {
        test.slow()
        await page.setViewportSize({ width, height: 800 })
        await page.emulateMedia({ colorScheme })
        // A page without colours of its own has the browser's; axe must be told of them.
        if (example === 'plain.html') {
          await page.evaluate(() => {
            Object.assign(document.documentElement.style, { colorScheme: 'light dark', background: 'Canvas', color: 'CanvasText' })
          })
        }
        await expectAccessible(page, 'empty')
        await box(page).pressSequentially('社会')
        await expect(options(page).first()).toBeVisible()
        await page.keyboard.press('ArrowDown')
        await expectAccessible(page, 'suggestions')
        await box(page).fill('社会保险费')
        await box(page).press('Enter')
        await expect(results(page).first()).toBeVisible()
        await expectAccessible(page, 'results')
        await box(page).fill('"专利侵权赔偿"')
        await box(page).press('Enter')
        await expect(status(page)).toHaveText(/没有/)
        await expectAccessible(page, 'nothing')
        await page.route('**/api/v1/search*', (route) => route.fulfill(json({})))
        await box(page).press('Enter')
        await expect(status(page)).toHaveText('检索服务出错，请稍后重试。')
        await expectAccessible(page, 'failure')
      })
    }
  })
}

test.describe('an input method', () => {
  test.beforeEach(async ({ page, portal }) => {
    await page.goto(`${portal}/portal.html`)
    await box(page).focus()
  })

  test('composes pinyin without a search, a suggestion or a navigation', async ({ page }) => {
    const queries = asked(page)
    const address = page.url()
    const client = await page.context().newCDPSession(page)
    for (const text of ['s', 'sh', 'she', 'she b', 'she bao']) {
      await client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    }
    await expect(box(page)).toHaveValue('she bao')
    // Enter that belongs to the input method, as browsers report it.
    for (const init of [{ key: 'Enter', keyCode: 229, isComposing: true }, { key: 'Enter', keyCode: 13, isComposing: true }]) {
      await box(page).evaluate((input, init) => input.dispatchEvent(
        new KeyboardEvent('keydown', { ...init, bubbles: true, composed: true, cancelable: true })), init)
    }
    await page.waitForTimeout(400)
    expect(queries).toEqual([])
    await client.send('Input.insertText', { text: '社保' })
    await expect(box(page)).toHaveValue('社保')
    await expect.poll(() => queries).toEqual(['suggest 社保'])
    await page.keyboard.press('Enter')
    await expect(results(page).first()).toBeVisible()
    expect(queries).toEqual(['suggest 社保', 'search 社保'])
    expect(page.url()).toBe(address)
  })

  for (const [name, sequence] of /** @type {[string, [string, object][]][]} */ ([
    // The composition ends after the key that ends it, or before it: then the key is number 229.
    ['ends the composition late', [
      ['compositionstart', {}], ['keydown', { key: 'Enter', keyCode: 13, isComposing: true }], ['submit', {}], ['compositionend', { data: '社保' }],
    ]],
    ['ends the composition early', [
      ['compositionstart', {}], ['compositionend', { data: '社保' }], ['keydown', { key: 'Enter', keyCode: 229 }], ['submit', {}],
    ]],
  ])) {
    test(name, async ({ page }) => {
      const queries = asked(page)
      await box(page).evaluate((input, sequence) => {
        const field = /** @type {HTMLInputElement} */ (input)
        field.value = '社保'
        for (const [type, init] of sequence) {
          const options = { bubbles: true, composed: true, cancelable: true, ...init }
          if (type === 'submit') field.form?.dispatchEvent(new SubmitEvent('submit', options))
          else if (type === 'keydown') field.dispatchEvent(new KeyboardEvent(type, options))
          else field.dispatchEvent(new CompositionEvent(type, options))
        }
      }, sequence)
      await page.waitForTimeout(500)
      expect(queries.filter((query) => query.startsWith('search'))).toEqual([])
      await expect(results(page)).toHaveCount(0)
      await page.keyboard.press('Enter')
      await expect(results(page).first()).toBeVisible()
    })
  }
})

test.describe('an endpoint that fails', () => {
  test.beforeEach(async ({ page, portal }) => {
    await page.goto(`${portal}/portal.html`)
  })

  for (const [name, respond, message] of /** @type {[string, (route: import('@playwright/test').Route) => Promise<void>, string][]} */ ([
    ['is down', (route) => route.abort('connectionrefused'), '连接不上检索服务，请检查网络后重试。'],
    ['has too much to do', (route) => route.fulfill({ ...json({}), status: 429 }), '请求过多，请稍候片刻再试。'],
    ['is busy', (route) => route.fulfill({ ...json({}), status: 503 }), '请求过多，请稍候片刻再试。'],
    ['refuses', (route) => route.fulfill({ ...json({}), status: 400 }), '检索服务不接受这一检索，请换一种写法。'],
    ['breaks', (route) => route.fulfill({ ...json({}), status: 500 }), '检索服务出错，请稍后重试。'],
    ['answers no JSON', (route) => route.fulfill({ ...json({}), body: '{"hits": [' }), '检索服务出错，请稍后重试。'],
    ['answers other JSON', (route) => route.fulfill(json({ query: {}, total: 1, hits: [{ id: 7 }], weak: [] })), '检索服务出错，请稍后重试。'],
    ['links to a script', (route) => route.fulfill(json({ ...answer('x'), hits: [{ ...hit('x'), url: 'javascript:alert(1)' }] })), '检索服务出错，请稍后重试。'],
  ])) {
    test(`${name}: a message, and the next search works`, async ({ page, complaints }) => {
      await page.route('**/api/v1/**', respond)
      await box(page).fill('社保')
      await box(page).press('Enter')
      await expect(status(page)).toHaveText(message)
      await expect(results(page)).toHaveCount(0)
      await page.unroute('**/api/v1/**')
      await box(page).press('Enter')
      await expect(results(page).first()).toBeVisible()
      complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !complaint.startsWith('Failed to load resource')))
    })
  }

  test('is slow: it says that it waits, and gives up in the end', async ({ page }) => {
    await page.clock.install()
    await page.route('**/api/v1/search*', () => {})
    await box(page).fill('社保')
    await box(page).press('Enter')
    await page.clock.runFor(500)
    await expect(status(page)).toHaveText('正在检索……')
    await page.clock.runFor(10_000)
    await expect(status(page)).toHaveText('检索服务没有及时应答，请稍后重试。')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })

  test('does not allow the origin', async ({ page, lawcite, complaints }) => {
    // Another name for the same machine is another origin, and not on the list.
    await page.goto((process.env.PORTAL_URL ?? '').replace('127.0.0.1', 'localhost') + '/plain.html')
    await expect(page.locator('lawcite-search').first()).toBeAttached()
    expect(await page.evaluate(() => customElements.get('lawcite-search'))).toBeUndefined()
    expect(complaints.join()).toContain(`${lawcite}/widget/lawcite-search.js`)
    complaints.length = 0
  })
})

test('fifty queries typed fast show only the last', async ({ page, portal }) => {
  await page.goto(`${portal}/portal.html`)
  // The earlier a query, the later its answer.
  await page.route('**/api/v1/search*', async (route) => {
    const q = new URL(route.request().url()).searchParams.get('q') ?? ''
    await new Promise((wait) => setTimeout(wait, Math.max(0, 500 - 10 * Number(q.slice(2)))))
    await route.fulfill(json(answer(q))).catch(() => {})
  })
  /** @type {string[]} */
  const seen = []
  await page.exposeFunction('see', (/** @type {string} */ query) => seen.push(query))
  await page.evaluate(async () => {
    const widget = /** @type {import('../../../search-api/widget/element.js').LawciteSearch} */ (document.querySelector('lawcite-search'))
    const see = /** @type {{ see(query: string): void }} */ (/** @type {unknown} */ (window)).see
    widget.addEventListener('lawcite-search', (event) => see(/** @type {CustomEvent} */ (event).detail.query))
    for (let number = 1; number <= 50; number += 1) {
      widget.search(`第 ${number}`)
      await new Promise((next) => setTimeout(next, 4))
    }
  })
  await expect(results(page)).toHaveText(/第 50/)
  await page.waitForTimeout(600) // for any that come late
  await expect(results(page)).toHaveText(/第 50/)
  expect(seen).toEqual(['第 50'])
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

test('text that means no good is text', async ({ page, portal }) => {
  await page.goto(`${portal}/portal.html`)
  const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)> "\' \u202e反向 👩‍⚖️'
  await page.route('**/api/v1/search*', (route) => route.fulfill(json(answer(hostile))))
  await page.route('**/api/v1/suggest*', (route) => route.fulfill(json({ suggestions: [{ text: hostile, kind: 'constructor', id: null }] })))
  await box(page).pressSequentially('恶意')
  await expect(options(page).first()).toContainText(hostile)
  await page.keyboard.press('Enter')
  await expect(results(page).first().locator('mark')).toHaveText(hostile)
  await expect(page.locator('lawcite-search img, lawcite-search script')).toHaveCount(0)
})

test('several stand on one page, each with its own filters and language', async ({ page, portal }) => {
  await page.goto(`${portal}/plain.html`)
  const second = page.locator('lawcite-search').nth(1)
  await second.getByRole('combobox').fill('社会保险')
  await second.getByRole('button', { name: 'Search' }).click()
  await expect(second.getByRole('listitem')).toHaveCount(3)
  await expect(second.getByRole('listitem').first()).toContainText(/Ground of liability|Article/)
  await expect(results(page)).toHaveCount(0)
})

test('it is removed and put back, and answers that come meanwhile are dropped', async ({ page, portal }) => {
  await page.goto(`${portal}/plain.html`)
  /** @type {(() => void)[]} */
  const waiting = []
  await page.route('**/api/v1/search*', async (route) => {
    await new Promise((go) => waiting.push(() => go(undefined)))
    await route.fulfill(json(answer('迟到'))).catch(() => {})
  })
  await box(page).fill('社保')
  await box(page).press('Enter')
  await expect.poll(() => waiting.length).toBe(1)
  await page.evaluate(() => {
    const widget = document.querySelector('lawcite-search')
    widget?.remove()
    document.querySelector('main')?.prepend(widget ?? '')
  })
  waiting.forEach((go) => go())
  await page.waitForTimeout(200)
  await expect(results(page)).toHaveCount(0)
  await page.unroute('**/api/v1/search*')
  await box(page).press('Enter')
  await expect(results(page).first()).toBeVisible()
  await expect(page.locator('lawcite-search').first().getByRole('combobox')).toHaveCount(1)
})

test('whoever embeds it may take over what happens', async ({ page, portal }) => {
  await page.goto(`${portal}/plain.html`)
  await page.evaluate(() => {
    document.addEventListener('lawcite-select', (event) => {
      event.preventDefault()
      document.title = /** @type {CustomEvent} */ (event).detail.hit?.id ?? 'suggestion'
    })
  })
  await box(page).fill('泄露用人单位和个人信息')
  await box(page).press('Enter')
  await results(page).first().getByRole('link').click()
  await expect(page).toHaveTitle(/^boshan-hrss-2015\/duty\/\d\/citation\/\d\/article\/92$/)
})
