// Writes a picture of every page in both languages to docs/images. Needs the built product and Chromium.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'docs/images';
const MAX_BYTES = 200 * 1024;

mkdirSync(FOLDER, { recursive: true });
const cli = [
  'node_modules/@playwright/test/cli.js',
  'test',
  '--config',
  'e2e/playwright.config.ts',
  'admin/(pages|inspector|review)',
];
const { status } = spawnSync(process.execPath, cli, {
  stdio: 'inherit',
  env: { ...process.env, GATEHOUSE_PICTURES: FOLDER, PLAYWRIGHT_JSON_OUTPUT_NAME: 'test-results/report.json' },
});
// The dark pictures are for looking at, not for keeping.
rmSync(join(FOLDER, 'dark'), { recursive: true, force: true });
const heavy = readdirSync(FOLDER).filter((name) => statSync(join(FOLDER, name)).size > MAX_BYTES);
if (heavy.length > 0) console.error(`Over ${MAX_BYTES} bytes: ${heavy.join(', ')}`);
process.exitCode = status || (heavy.length > 0 ? 1 : 0);
