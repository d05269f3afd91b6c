import { defineConfig } from '@playwright/test'

/** The system's browser: nothing is downloaded. */
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'

export default defineConfig({
  testDir: 'specs',
  outputDir: process.env.LAWCITE_BROWSER_RESULTS ?? 'results',
  globalSetup: './support/setup.mjs',
  fullyParallel: true,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['./support/counts.mjs']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: chromium, args: ['--no-sandbox'] },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
    trace: 'off',
  },
})
