// Runs every check and test of the product and ends with one line: "N passed, N failed".
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const only = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const reasons = [];

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

const stages = {
  lint: () => check('lint', ['node_modules/eslint/bin/eslint.js', '.']),
  format: () => check('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']),
  layers: () =>
    check('layers', [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      'server',
      'libs',
      'admin-ui/src',
      'migrations',
    ]),
  types,
  sizes: () => check('sizes of console and widget', ['scripts/check-sizes.mjs']),
  deploy: () => check('deployment files', ['scripts/check-deploy.mjs']),
  unit,
  mariadb,
  e2e: () => jest('e2e', ['--selectProjects', 'e2e', '--maxWorkers=2']),
  conformance: () => jest('conformance', ['--selectProjects', 'conformance']),
  browser,
};

/** Side by side: each keeps one core busy, and none starts a server. The others go in turn. */
const STATIC = [['lint'], ['format', 'layers', 'types']];
await Promise.all(STATIC.map(inTurn));
await inTurn(Object.keys(stages).filter((name) => !STATIC.flat().includes(name)));
rmSync(scratch, { recursive: true, force: true });
for (const reason of reasons) console.log(`skipped: ${reason}`);
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function inTurn(names) {
  for (const name of names) {
    if (only.length > 0 && !only.includes(name)) continue;
    const started = Date.now();
    console.log(`\n── ${name}`);
    await stages[name]();
    console.log(`── ${name}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
  }
}

/** A check without counts of its own is one test. */
async function check(name, args) {
  const ok = (await run(args)) === 0;
  total[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? 'passed' : 'FAILED'}: ${name}`);
}

async function jest(name, args, env = {}) {
  const file = join(scratch, `${name}.json`);
  const code = await run([...JEST, '--json', `--outputFile=${file}`, '--reporters=default', ...args], env);
  if (!existsSync(file)) {
    total.failed += 1;
    console.log(`FAILED: jest did not run (exit ${code})`);
    return;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  // A suite that does not even load has no tests to count, yet must not pass unseen.
  count(report.numPassedTests, report.numFailedTests + report.numRuntimeErrorTestSuites, report.numPendingTests, name);
}

/** Specs run without a type check; here it is, with what only a bundler sees otherwise. */
async function types() {
  for (const project of [
    'server/tsconfig.spec.json',
    'e2e/tsconfig.json',
    'admin-ui/tsconfig.spec.json',
    'libs/api-client',
    'libs/chat-widget',
  ]) {
    await check(`types of ${project}`, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project]);
  }
}

/** With what needs a Redis, when TEST_REDIS_URL names one that may be filled. */
async function unit() {
  if (!process.env.TEST_REDIS_URL)
    skip('specs on Redis: TEST_REDIS_URL is not set (.ci/run starts a server and sets it)');
  // Two workers even on two cores: with one, jest would run everything in its own process, which never shrinks.
  await jest('unit', ['--selectProjects', 'server', 'admin-ui', 'widget', '--maxWorkers=2']);
}

/** The stores and some stories again, on MariaDB, when TEST_MARIADB_URL names a server on which schemas may be created. */
async function mariadb() {
  const url = process.env.TEST_MARIADB_URL;
  if (!url) return skip('stores on MariaDB: TEST_MARIADB_URL is not set (.ci/run starts a server and sets it)');
  const stores = ['--selectProjects', 'server', '--testPathPatterns', '\\.db\\.spec\\.ts$', '--maxWorkers=2'];
  await jest('mariadb', stores, { DATABASE_URL: url });
  const stories = 'e2e/api/(access|bad-input|concurrency|real-servers)\\.';
  await jest('mariadb-e2e', ['--selectProjects', 'e2e', '--testPathPatterns', stories, '--maxWorkers=2'], {
    DATABASE_URL: url,
  });
}

async function browser() {
  if (!CHROMIUM) return skip('browser stories: no Chromium found (Debian: apt-get install chromium fonts-noto-cjk)');
  const file = join(scratch, 'browser.json');
  await run(['node_modules/@playwright/test/cli.js', 'test', '--config', 'e2e/playwright.config.ts'], {
    CHROMIUM,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  if (!existsSync(file)) {
    total.failed += 1;
    console.log('FAILED: Playwright did not run');
    return;
  }
  const { stats } = JSON.parse(readFileSync(file, 'utf8'));
  count(stats.expected + stats.flaky, stats.unexpected, stats.skipped, 'browser');
}

function count(passed, failed, skipped, name) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (skipped) reasons.push(`${skipped} in ${name}; each says why above`);
}

function skip(reason) {
  total.skipped += 1;
  reasons.push(reason);
}

function run(args, env = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    child.on('exit', (code) => done(code ?? 1));
  });
}
