// Runs the product's tasks on the pinned Node, whatever Node the machine has (>= 20). No dependencies: it installs them.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin');
const MINIMUM = [24, 15];
/** By the first word after `--`; without one of these it is the comparison with a bare proxy. */
const BENCHES = { overload: 'bench/overload.mjs', peers: 'bench/peers.mjs' };

process.chdir(root);
const [task = 'start', ...rest] = process.argv.slice(2);
install();
const node = findNode();
const env = { ...process.env, PATH: [dirname(node), bin, withoutBins(process.env.PATH)].join(delimiter) };

const tasks = {
  start: () => {
    buildIfStale();
    return long('dist/app/server/src/main.js', ['--max-semi-space-size=16']);
  },
  build: () => build(),
  test: () => {
    buildIfStale();
    return long('scripts/test.mjs');
  },
  prove: () => {
    buildIfStale();
    return long('scripts/prove.mjs');
  },
  bench: () => {
    buildIfStale();
    return long(BENCHES[rest[0]] ?? 'bench/run.mjs');
  },
  'audit:verify': () => {
    buildIfStale();
    return long('dist/app/server/src/audit-verify.js');
  },
  lint: () => {
    step('eslint', ['node_modules/eslint/bin/eslint.js', ...(rest.length ? rest : ['.'])]);
    step('prettier', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']);
    step('layers', [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      'server',
      'libs',
      'admin-ui/src',
    ]);
  },
  format: () => step('prettier', ['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level=warn', '.']),
  'approve:api': () => {
    build();
    return long('scripts/approve-api.mjs');
  },
};
if (!tasks[task]) fail(`Unknown task "${task}". Known: ${Object.keys(tasks).join(', ')}`);
tasks[task]();

/** Installs exactly what package-lock.json says, unless that was done already. */
function install() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  const stamp = join(root, 'node_modules', '.stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing packages (once, about a minute) …');
  // Without the .bin folders on PATH: npm must not run on the Node that `npm ci` is about to replace.
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: withoutBins(process.env.PATH) },
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) fail('npm ci failed; see the lines above.');
  writeFileSync(stamp, lock);
}

function withoutBins(path = '') {
  return path
    .split(delimiter)
    .filter((part) => !part.includes(join('node_modules', '.bin')) && !part.includes('node-gyp-bin'))
    .join(delimiter);
}

/** The Node pinned in package.json; where its package does not exist (macOS, musl), the machine's own if new enough. */
function findNode() {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  const pinned = join(root, 'node_modules', `node-${os}-${process.arch}`, 'bin', os === 'win' ? 'node.exe' : 'node');
  if (existsSync(pinned) && spawnSync(pinned, ['-e', '0']).status === 0) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return process.execPath;
  return fail(`Gatehouse needs Node ${MINIMUM.join('.')} or newer on this platform; this is ${process.versions.node}.`);
}

function buildIfStale() {
  const marker = join(root, 'dist', '.built');
  const builtAt = existsSync(marker) ? statSync(marker).mtimeMs : 0;
  const sources = [
    'server',
    'libs',
    'migrations',
    'admin-ui',
    'angular.json',
    'nest-cli.json',
    'tsconfig.json',
    'package-lock.json',
  ];
  if (newest(sources) > builtAt) build();
}

function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const stat = statSync(path);
    latest = Math.max(
      latest,
      stat.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : stat.mtimeMs,
    );
  }
  return latest;
}

function build() {
  step('server', ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'server']);
  step('console', ['node_modules/@angular/cli/bin/ng.js', 'build', 'admin-ui']);
  step('widget', ['libs/chat-widget/build.mjs']);
  writeFileSync('dist/.built', '');
}

function step(name, args) {
  const started = Date.now();
  const done = spawnSync(node, args, {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) {
    process.stderr.write((done.stdout ?? '') + (done.stderr ?? ''));
    fail(`${name} failed.`);
  }
  console.log(`${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Runs a long-lived child: signals are passed on, and it goes when this launcher or npm above it goes. */
function long(file, flags = []) {
  const child = spawn(node, [...flags, file, ...rest], { stdio: 'inherit', env });
  const ancestors = lineage();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  // Killing npm leaves its shell and this script behind; a parent's id that changes is the only sign of it.
  const watch = setInterval(() => lineage() !== ancestors && child.kill('SIGTERM'), 500);
  child.on('exit', (code, signal) => {
    clearInterval(watch);
    process.exitCode = code ?? (signal ? 1 : 0);
  });
}

/** Who started us, and who started them: npm runs this through a shell. The second is known on Linux only. */
function lineage() {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    // The name in parentheses may contain anything; the parent's id is the second field after it.
    return `${parent} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(parent);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
