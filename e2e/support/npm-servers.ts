import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort, waitFor } from '@gatehouse/testing';

const packageFile = (path: string): string =>
  fileURLToPath(new URL(`../../node_modules/@modelcontextprotocol/${path}`, import.meta.url));

/** Entry files of MCP servers as npm installs them. */
export const NPM_SERVERS = {
  everything: packageFile('server-everything/dist/index.js'),
  filesystem: packageFile('server-filesystem/dist/index.js'),
  memory: packageFile('server-memory/dist/index.js'),
  clock: packageFile('server-basic-vanillajs/dist/index.js'),
  budget: packageFile('server-budget-allocator/dist/index.js'),
};

export interface RunningEverything {
  url: string;
  stop(): Promise<void>;
}

/** server-everything over HTTP, as a process of its own. */
export async function startEverything(transport: 'streamableHttp' | 'sse'): Promise<RunningEverything> {
  const port = await freePort();
  const child = spawn(process.execPath, [NPM_SERVERS.everything, transport], {
    stdio: 'ignore',
    env: { PATH: process.env.PATH, PORT: String(port) },
  });
  const url = `http://127.0.0.1:${port}/${transport === 'sse' ? 'sse' : 'mcp'}`;
  await waitFor(`server-everything on ${url}`, () => isListening(url), 20_000);
  return { url, stop: () => ended(child) };
}

/** Any answer will do; the body of an event stream is not waited for. */
async function isListening(url: string): Promise<boolean> {
  const abort = new AbortController();
  await fetch(url, { signal: abort.signal });
  abort.abort();
  return true;
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await waitFor('the server to end', () => child.exitCode !== null || child.signalCode !== null);
}
