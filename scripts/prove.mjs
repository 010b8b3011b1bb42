// The long proofs: the same stories as in `npm test`, with the numbers that a short run cannot afford.
//
//   npm run prove                      all of them
//   npm run prove -- soak hostile      those only
//
//   kills       kill -9 under load              GATEHOUSE_PROOF_ROUNDS   rounds, default 200
//   cross-talk  nobody gets another's answer    GATEHOUSE_PROOF_CALLS    calls, default 100,000
//   hostile     every case of every group       GATEHOUSE_PROOF_SEED     for what is left to chance
//   twelve      nine services while three fail
//   heap        calls that hold nearly all of the heap
//   soak        hours of mixed calls            GATEHOUSE_PROOF_MINUTES  default 30
import { spawn } from 'node:child_process';

const PROOFS = {
  kills: 'e2e/api/durability',
  'cross-talk': 'e2e/mcp/cross-talk',
  hostile: 'e2e/hostile/group-',
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
const child = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'e2e',
    '--runInBand',
    ...stories,
  ],
  { stdio: 'inherit', env: { ...NUMBERS, ...process.env } },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
child.on('exit', (code) => (process.exitCode = code ?? 1));
