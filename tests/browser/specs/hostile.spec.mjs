// Markup, quotes, marks of direction, pictures and formulas are text everywhere.

import { expect, test } from '../support/test.mjs'

const hostile = [
  '<script>document.title="taken"</script>', '"><img src=x onerror=document.title="taken">', "' onfocus=alert(1) autofocus '",
  '\u202e反向\u2066文字', '👩‍⚖️😀', '=HYPERLINK("http://example.invalid")',
]

test('in queries', async ({ page, lawcite }) => {
  for (const query of hostile) {
    await page.goto(`${lawcite}/?q=${encodeURIComponent(query)}&document=${encodeURIComponent(query)}&without=${encodeURIComponent(query)}`)
    await expect(page.getByRole('searchbox')).toHaveValue(query)
    await expect(page).not.toHaveTitle('taken')
    await expect(page.locator('main img, main script')).toHaveCount(0)
  }
})

test('in sources', async ({ page, lawcite }) => {
  await page.goto(`${lawcite}/d/hostile-list`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<script>alert(1)</script>局“责任”清单')
  await expect(page.locator('article')).toContainText('档案，\'单引号\'与"双引号"。')
  await expect(page.locator('article')).toContainText('\u202e反向文字\u202c')
  await page.goto(`${lawcite}/s/恶意文字条例`)
  await expect(page.locator('article')).toContainText('<script>alert(2)</script>检验"恶意"文字')
  await page.goto(`${lawcite}/?q=${encodeURIComponent('恶意公式')}`)
  await expect(page.locator('.results')).toContainText('=HYPERLINK("http://example.invalid","恶意公式管理")')
})

test('in tables, where formulas are taken for text', async ({ request, lawcite }) => {
  for (const address of [`/export/search.csv?q=${encodeURIComponent('恶意公式')}`, '/export/d/hostile-list.csv']) {
    const table = await (await request.get(lawcite + address)).text()
    expect(table.startsWith('\ufeff')).toBe(true)
    expect(table).toContain(`"'=HYPERLINK(""http://example.invalid"",""恶意公式管理"")"`)
    expect(table).toContain("'@SUM(A1)恶意公式")
    expect(table).toContain("'+1恶意公式责任事项")
    for (const line of table.split('\r\n')) expect(line).not.toMatch(/(^|,)"?[=+\-@]/)
  }
})

test('a table is offered as a file', async ({ page, lawcite }) => {
  await page.goto(`${lawcite}/?q=${encodeURIComponent('社会保险')}`)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: '导出表格（CSV）' }).click()
  expect((await download).suggestedFilename()).toBe('lawcite.csv')
})
