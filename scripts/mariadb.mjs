// A throw-away MariaDB from the machine's own package: its own folder, its own port, gone at the end.
//
//   node scripts/mariadb.mjs       prints its URL, and runs until it is told to end
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from './free-port.mjs';

const run = promisify(execFile);
const ATTEMPTS = 120;
const BETWEEN_ATTEMPTS_MS = 500;
const SETUP = `
  CREATE OR REPLACE USER gatehouse@'127.0.0.1' IDENTIFIED BY 'throw-away';
  GRANT ALL ON *.* TO gatehouse@'127.0.0.1';
  CREATE DATABASE IF NOT EXISTS gatehouse;`;

/**
 * Durable as a real one would be: the log is flushed at each commit.
 *
 * @returns the URL of an empty schema, of a user who may create others; its process; and who ends and removes it
 */
export async function startMariadb() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-mariadb-'));
  const data = `--datadir=${join(folder, 'db')}`;
  const socket = `--socket=${join(folder, 'mariadb.sock')}`;
  const owner = process.getuid() === 0 ? ['--user=root'] : [];
  await run('mariadb-install-db', [
    '--no-defaults',
    ...owner,
    data,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]);
  const port = await freePort();
  const child = spawn(
    existsSync('/usr/sbin/mariadbd') ? '/usr/sbin/mariadbd' : 'mariadbd',
    [
      '--no-defaults',
      ...owner,
      data,
      socket,
      `--pid-file=${join(folder, 'mariadb.pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--innodb-flush-log-at-trx-commit=1',
      '--skip-log-bin',
      `--log-error=${join(folder, 'mariadb.log')}`,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise((done) => child.once('exit', done).once('error', done));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await setUp(socket, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `mysql://gatehouse:throw-away@127.0.0.1:${port}/gatehouse`, pid: child.pid, stop };
}

/** Waits until it answers, and makes the user and the schema. */
async function setUp(socket, child) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run('mariadb', ['--no-defaults', socket, '-u', 'root', '-e', SETUP]);
    } catch (error) {
      if (attempt === ATTEMPTS || child.exitCode !== null) throw error;
      await pause(BETWEEN_ATTEMPTS_MS);
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const starting = startMariadb();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void starting.then(({ stop }) => stop()));
  console.log((await starting).url);
}
