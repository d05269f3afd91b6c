// Takes a picture of every page, for people to look at: node look.mjs FOLDER [NAME…]

import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { pages, pasted } from './support/pages.mjs'
import { serve } from './support/servers.mjs'

const [folder = 'pictures', ...names] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const server = process.env.LAWCITE_URL ? { url: process.env.LAWCITE_URL, stop() {} } : await serve([])
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
for (const width of [1280, 360]) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const page = await browser.newPage({ viewport: { width, height: width > 400 ? 900 : 740 }, colorScheme, locale: 'zh-CN' })
    for (const [name, address] of pages) {
      if (names.length && !names.includes(name)) continue
      await page.goto(server.url + address)
      const long = name === 'list' || name === 'results'
      await page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}-${width}-${colorScheme}.png`, fullPage: !long })
    }
    if (!names.length || names.includes('checked')) {
      await page.goto(`${server.url}/cite`)
      await page.fill('textarea', pasted)
      await page.click('form.paste button')
      await page.screenshot({ path: `${folder}/checked-${width}-${colorScheme}.png`, fullPage: true })
    }
    await page.close()
  }
}
await browser.close()
server.stop()
