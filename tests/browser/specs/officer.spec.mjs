// What a legal officer does, from the question to what goes into a document.

import { question, seed, pasted } from '../support/pages.mjs'
import { expect, test } from '../support/test.mjs'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const copied = (/** @type {import('@playwright/test').Page} */ page) => page.evaluate(() => navigator.clipboard.readText())

test("the mission's question leads from the first page to a link in the clipboard", async ({ page, lawcite }) => {
  await page.goto(lawcite)
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type(question)
  await page.keyboard.press('Enter')
  await expect(page.getByText('已按以下理解')).toBeVisible()
  await expect(page.locator('.understood')).toContainText('leaking → 泄露')
  await expect(page.getByRole('heading', { name: '谁承担责任' })).toBeVisible()
  const first = page.locator('.hit').first()
  await expect(first.getByRole('heading')).toContainText('《社会保险法》第九十二条')
  await expect(first.locator('.clause')).toHaveText('泄露用人单位和个人信息的')
  await expect(first.locator('.clause mark').first()).toHaveText('泄露')
  await expect(first).toContainText('适用于 2 项职责')

  await first.hover()
  await first.getByRole('button', { name: '复制引文' }).click()
  await expect(page.getByRole('status')).toContainText('已复制')
  expect(await copied(page)).toMatch(/^《社会保险法》第九十二条；见《淄博市博山区人力资源和社会保障局责任清单》职责\d+ http:\S+$/)

  await first.getByRole('heading').getByRole('link').first().click()
  const clause = page.locator('section.provision:target')
  await expect(clause.locator('mark').first()).toHaveText('泄露')
  await clause.getByRole('heading').hover()
  await clause.getByRole('heading').getByRole('button', { name: '复制链接' }).click()
  await expect(page.getByRole('status')).toContainText('已复制')
  const link = await copied(page)
  expect(link).toMatch(/\/d\/boshan-hrss-2015\/duty\/\d+\?v=[0-9a-f]{8}-citation-\d-article-92#citation-\d-article-92$/)

  await page.goto(link)
  await expect(page.locator('section.provision:target')).toContainText('泄露用人单位和个人信息的')
  await expect(page.getByText('此链接所指的文字已有变动')).toHaveCount(0)
  await page.goto(link.replace(/v=[0-9a-f]{8}-citation-\d-article-92/, (version) => version.replace(/citation.*/, 'item-1')))
  await expect(page.getByText('此链接所指的文字已有变动')).toBeVisible()
})

test('a browser without a clipboard copies all the same', async ({ page, lawcite }) => {
  await page.addInitScript(() => { Object.defineProperty(navigator, 'clipboard', { value: undefined }) })
  await page.goto(`${lawcite}/d/${seed}/duty/4`)
  await page.getByRole('heading', { level: 1 }).hover()
  await page.getByRole('heading', { level: 1 }).getByRole('button', { name: '复制链接' }).click()
  await expect(page.getByRole('status')).toContainText('已复制')
})

test('the address holds the whole state: filters, steps taken out, pages', async ({ page, lawcite }) => {
  await page.goto(`${lawcite}/?q=社保`)
  await page.getByRole('link', { name: '不查“社会保障”' }).click()
  await expect(page).toHaveURL(/without=/)
  await expect(page.locator('.understood')).not.toContainText('社会保障')
  await page.getByRole('navigation', { name: '筛选' }).getByRole('link', { name: /追责依据/ }).click()
  await expect(page).toHaveURL(/kind=provision.*without=/)
  const state = page.url()
  await page.reload()
  await expect(page.getByRole('link', { name: '取消筛选：追责依据' })).toBeVisible()
  await expect(page.getByRole('navigation', { name: '筛选' }).getByRole('link', { name: /追责依据/ })).toHaveAttribute('aria-current', 'true')
  await page.getByRole('link', { name: '取消筛选：不查：社会保障' }).click()
  await expect(page).not.toHaveURL(/without/)
  await page.goto(state.replace(/kind=[^&]*&?/, ''))
  await page.getByRole('link', { name: '下一页' }).click()
  await expect(page).toHaveURL(/offset=10/)
  await page.getByRole('link', { name: '上一页' }).click()
  await expect(page).not.toHaveURL(/offset/)
})

test('nothing found helps on', async ({ page, lawcite }) => {
  await page.goto(`${lawcite}/?q=${encodeURIComponent('"社会保险登记专利"')}&kind=note`)
  await expect(page.getByRole('heading', { name: '没有找到' })).toBeVisible()
  await page.getByRole('link', { name: '取消全部筛选' }).click()
  await page.getByRole('link', { name: '去掉引号，不限原文' }).click()
  await expect(page.locator('.hit').first()).toBeVisible()
})

test('a slip is corrected by a link', async ({ page, lawcite }) => {
  await page.goto(`${lawcite}/?q=${encodeURIComponent('泄漏用人单位信西')}`)
  const meant = page.locator('.corrected a')
  if (await meant.count()) {
    const words = await meant.textContent()
    await meant.click()
    await expect(page.getByRole('searchbox')).toHaveValue(words ?? '')
  }
})

test('what a list quotes stands beside the article, with the difference marked', async ({ page, lawcite }) => {
  await page.goto(`${lawcite}/d/changed-2022/duty/1`)
  const differs = page.locator('#citation-1-article-3 .check')
  await expect(differs).toContainText('文字有出入')
  await expect(differs.locator('mark.missing').first()).toContainText('批评教育')
  await expect(differs.locator('.law mark').first()).toHaveText('未设置回收容器')
  const moved = page.locator('#citation-1-article-4 .check')
  await expect(moved).toContainText('所列文字现在第五条')
  await moved.getByRole('link', { name: '第五条', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('垃圾分类条例第五条')
})

test('an article shows its versions, neighbours and who cites it', async ({ page, lawcite }) => {
  await page.goto(`${lawcite}/s/垃圾分类条例/article/3`)
  await expect(page.getByRole('heading', { name: /^引用本条的条目（\d+）$/ })).toBeVisible()
  await expect(page.locator('.citing')).toContainText('负责垃圾分类管理')
  await expect(page.locator('.cite')).toHaveText(/《垃圾分类条例》第三条（2021-06-01文本，\d{4}-\d\d-\d\d检索）/)
  await page.getByRole('link', { name: '后一条' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('第四条')
  await page.goto(`${lawcite}/s/垃圾分类条例/article/3`)
  await page.getByRole('link', { name: '2015-03-01' }).click()
  await expect(page.getByText('这不是最新文本')).toBeVisible()
})

test('every citation of a pasted text is marked and explained', async ({ page, lawcite }) => {
  await page.goto(`${lawcite}/cite`)
  await page.getByLabel('要核对的文字').fill(pasted)
  await page.getByRole('button', { name: '核对' }).click()
  await expect(page.getByText('找到 4 处引用')).toBeVisible()
  await page.locator('.pasted mark').first().getByRole('link').click()
  await expect(page.locator('tr:target')).toContainText('现行有效')
  await expect(page.getByRole('heading', { name: /^未能对上的引用/ })).toBeVisible()
})

test('the interface speaks English and stays so', async ({ page, lawcite }) => {
  await page.goto(lawcite)
  await page.getByRole('link', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.getByRole('searchbox').fill(question)
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page).not.toHaveURL(/lang=/)
  await expect(page.getByRole('heading', { name: 'Who is liable' })).toBeVisible()
  await page.getByRole('link', { name: '中文' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
})

test('keys alone reach the text, past the head of the page', async ({ page, lawcite }) => {
  await page.goto(`${lawcite}/d/${seed}/duty/4`)
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: '跳到正文' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  const outline = await page.evaluate(() => {
    const focused = document.activeElement
    return [focused?.closest('main') !== null, focused ? getComputedStyle(focused).outlineStyle : '']
  })
  expect(outline).toEqual([true, 'solid'])
  // The copying buttons appear as they are reached.
  const button = page.getByRole('heading', { level: 1 }).getByRole('button', { name: '复制链接' })
  await page.getByRole('heading', { level: 1 }).getByRole('link').focus()
  await page.keyboard.press('Tab')
  await expect(button).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText('已复制')
})

test('a page prints without what is for screens', async ({ page, lawcite }) => {
  await page.goto(`${lawcite}/d/${seed}/duty/4`)
  await page.emulateMedia({ media: 'print' })
  for (const hidden of ['header form', '.contents-box', '.tools', 'footer']) await expect(page.locator(hidden).first()).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
