import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { descendantsOf, freePort, isAlive, waitFor } from '@gatehouse/testing';

const packageFile = (path: string): string => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));

/** Entry files of other products between clients and services, as npm installs them. */
export const BRIDGES = {
  remote: packageFile('mcp-remote/dist/proxy.js'),
  supergateway: packageFile('supergateway/dist/index.js'),
  proxy: packageFile('mcp-proxy/dist/bin/mcp-proxy.mjs'),
};

export interface RunningPeer {
  port: number;
  /** Asks it to stop. @throws {Error} when it, or a process of its, does not */
  stop(): Promise<void>;
}

/**
 * Starts a file with Node and waits until it listens.
 *
 * @param argsFor the arguments for a port that is free
 */
export async function startPeer(
  file: string,
  argsFor: (port: number) => string[],
  env: Record<string, string> = {},
): Promise<RunningPeer> {
  const port = await freePort();
  const child = spawn(process.execPath, [file, ...argsFor(port)], {
    stdio: 'ignore',
    env: { PATH: process.env.PATH, PORT: String(port), ...env },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} did not start.`);
  const stop = async (): Promise<void> => {
    const family = [pid, ...(await descendantsOf(pid)).map((each) => each.pid)];
    child.kill('SIGTERM');
    await allEnded(family).finally(() => child.kill('SIGKILL'));
  };
  try {
    await waitFor(`${file} to listen`, () => isListening(port), 20_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

/** @throws {Error} naming the process that lives on */
export async function allEnded(pids: readonly number[]): Promise<void> {
  for (const pid of pids) await waitFor(`process ${pid} to end`, async () => !(await isAlive(pid)), 15_000);
}

/** Any answer will do; the body of an event stream is not waited for. */
async function isListening(port: number): Promise<boolean> {
  const abort = new AbortController();
  await fetch(`http://127.0.0.1:${port}/`, { signal: abort.signal });
  abort.abort();
  return true;
}
