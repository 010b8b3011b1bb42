import { defineConfig } from '@playwright/test';

/** Stories in a real browser: Debian's Chromium, against the product as it starts for anybody. */
export default defineConfig({
  testDir: '.',
  testMatch: ['admin/**/*.story.ts', 'widget/**/*.story.ts'],
  outputDir: '../test-results',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json']],
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
