// Writes the API document of the built product to e2e/golden/openapi.json and generates the client's types from it.
// Run it after a deliberate change of the API; reviewers see the difference.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import openapiTS, { astToString } from 'openapi-typescript';

import { CLIENT_TYPES } from './client-types.mjs';

const PATIENCE_MS = 30_000;
const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-api-'));
const server = spawn(process.execPath, ['dist/app/server/src/main.js'], {
  env: { PATH: process.env.PATH, PORT: '0', GATEHOUSE_DATA_DIR: dataDir, LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const url = await address(server);
  const document = await (await fetch(`${url}/api/openapi.json`)).json();
  writeFileSync('e2e/golden/openapi.json', `${JSON.stringify(document, null, 2)}\n`);
  const types = astToString(await openapiTS(document, CLIENT_TYPES));
  writeFileSync(
    'libs/api-client/src/schema.ts',
    `// Generated from e2e/golden/openapi.json by \`npm run approve:api\`. Do not edit.\n${types}`,
  );
  console.log(
    `${Object.keys(document.paths).length} paths written to e2e/golden/openapi.json and libs/api-client/src/schema.ts`,
  );
} finally {
  server.kill('SIGTERM');
  await new Promise((done) => server.once('exit', done));
  rmSync(dataDir, { recursive: true, force: true });
}

async function address(child) {
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  for (let waited = 0; waited < PATIENCE_MS; waited += 50) {
    const match = /(http:\/\/\S+?)\/api\/docs/.exec(output);
    if (match) return match[1];
    if (child.exitCode !== null) break;
    await pause(50);
  }
  throw new Error(`The server did not start:\n${output}`);
}
