// The long proofs: the same stories as in `npm test`, with the numbers that a short run cannot afford.
// Give names of stories to run only those; GATEHOUSE_PROOF_ROUNDS sets the number of rounds (default 200) and
// GATEHOUSE_PROOF_CALLS that of calls (default 100,000).
import { spawn } from 'node:child_process';

const stories = process.argv.slice(2);
const child = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'e2e',
    '--runInBand',
    ...(stories.length > 0 ? stories : ['e2e/api/durability', 'e2e/mcp/cross-talk']),
  ],
  { stdio: 'inherit', env: { GATEHOUSE_PROOF_ROUNDS: '200', GATEHOUSE_PROOF_CALLS: '100000', ...process.env } },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
child.on('exit', (code) => (process.exitCode = code ?? 1));
