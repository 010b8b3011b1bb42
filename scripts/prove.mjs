// The long proofs: the same stories as in `npm test`, with the numbers that a short run cannot afford.
//
//   npm run prove                      all of them
//   npm run prove -- soak hostile      those only
//
//   kills       kill -9 under load              GATEHOUSE_PROOF_ROUNDS   rounds, default 200
//   cross-talk  nobody gets another's answer    GATEHOUSE_PROOF_CALLS    calls, default 100,000
//   hostile     every case of every group       GATEHOUSE_PROOF_SEED     for what is left to chance
//   migrations  killed after each statement     TEST_MARIADB_URL         a server, to try them there as well
//   twelve      nine services while three fail
//   heap        calls that hold nearly all of the heap
//   soak        hours of mixed calls            GATEHOUSE_PROOF_MINUTES  default 30
import { spawn } from 'node:child_process';

const PROOFS = {
  kills: 'e2e/api/durability',
  'cross-talk': 'e2e/mcp/cross-talk',
  hostile: 'e2e/hostile/group-',
  migrations: 'migrations/interrupted',
  twelve: 'e2e/hostile/twelve-services',
  heap: 'e2e/hostile/heap',
  soak: 'e2e/hostile/soak',
};

const NUMBERS = {
  GATEHOUSE_PROOF: 'full',
  GATEHOUSE_PROOF_ROUNDS: '200',
  GATEHOUSE_PROOF_CALLS: '100000',
  GATEHOUSE_PROOF_MINUTES: '30',
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(PROOFS, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Known: ${Object.keys(PROOFS).join(', ')}.`);
  process.exit(1);
}
const stories = (names.length > 0 ? names : Object.keys(PROOFS)).map((name) => PROOFS[name]);
const [inSpecs, inStories] = [
  stories.filter((path) => !path.startsWith('e2e/')),
  stories.filter((path) => path.startsWith('e2e/')),
];
const { TEST_MARIADB_URL: mariadb } = process.env;
const runs = [
  ...(inSpecs.length > 0 ? [['server', inSpecs, {}]] : []),
  ...(inSpecs.length > 0 && mariadb ? [['server', inSpecs, { DATABASE_URL: mariadb }]] : []),
  ...(inStories.length > 0 ? [['e2e', inStories, {}]] : []),
];
if (inSpecs.length > 0 && !mariadb) console.log('Not on MariaDB: TEST_MARIADB_URL is not set.');
for (const [project, paths, env] of runs) process.exitCode = (await jest(project, paths, env)) || process.exitCode;

function jest(project, paths, env) {
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      project,
      '--runInBand',
      ...paths,
    ],
    { stdio: 'inherit', env: { ...NUMBERS, ...process.env, ...env } },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
  return new Promise((resolve) =>
    child.on('exit', (code, signal) => {
      if (signal) process.exit(1);
      resolve(code);
    }),
  );
}
