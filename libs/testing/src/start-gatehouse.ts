import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApiCaller } from './api-caller.ts';
import { freePort } from './free-port.ts';
import { descendantsOf, isAlive } from './processes.ts';
import type { TestDatabase } from './test-database.ts';
import { waitFor } from './wait-for.ts';

const ENTRY = fileURLToPath(new URL('../../../dist/app/server/src/main.js', import.meta.url));
/** As `npm start` has them. */
const FLAGS = ['--max-semi-space-size=16'];
const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 20_000;

export interface GatehouseOptions {
  env?: Record<string, string>;
  /** Kept at `stop`; absent: a temporary one that is removed. */
  dataDir?: string;
  /** Where the product keeps its data instead; dropped at `stop`. */
  database?: TestDatabase;
  port?: number;
  /** How many files and connections it may have open; absent: as many as this process. */
  descriptors?: number;
  /** Command in front of it, whose process becomes it. */
  startedBy?: readonly string[];
}

/** A Gatehouse process of its own, as an operator would run it. */
export class RunningGatehouse {
  readonly url: string;
  readonly dataDir: string;
  private readonly child: ChildProcess;
  private readonly output: string[] = [];
  private readonly tidyUp: () => Promise<void>;

  constructor(child: ChildProcess, url: string, dataDir: string, tidyUp: () => Promise<void>) {
    this.child = child;
    this.url = url;
    this.dataDir = dataDir;
    this.tidyUp = tidyUp;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.output.push(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.output.push(text));
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('Gatehouse did not start.');
    return this.child.pid;
  }

  /** Everything it wrote so far, both streams. */
  get logs(): string {
    return this.output.join('');
  }

  /** How it ended, as `exit 0` or `signal SIGKILL`; undefined while it runs. */
  get ending(): string | undefined {
    if (this.child.exitCode !== null) return `exit ${this.child.exitCode}`;
    return this.child.signalCode === null ? undefined : `signal ${this.child.signalCode}`;
  }

  /** The one-time link to create the owner, as printed at the start; undefined once there is an owner. */
  get setupLink(): string | undefined {
    return /https?:\/\/\S+\/admin\/setup#token=[^\s"\\]+/.exec(this.logs)?.[0];
  }

  caller(credential?: string): ApiCaller {
    return new ApiCaller(this.url, credential);
  }

  async untilReady(): Promise<void> {
    await waitFor('Gatehouse to be ready', () => this.isReady(), START_DEADLINE_MS).catch((error: unknown) => {
      throw new Error(`Gatehouse did not become ready:\n${this.logs}`, { cause: error });
    });
    if (this.ending) throw new Error(`Gatehouse ended at start (${this.ending}):\n${this.logs}`);
  }

  private async isReady(): Promise<boolean> {
    return this.ending !== undefined || (await fetch(`${this.url}/health/ready`)).ok;
  }

  /** Asks it to stop as Ctrl-C does. @throws {Error} when it does not, or when one of its processes outlives it */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Ends it without any chance to tidy up; its children must go nevertheless. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const family = this.ending ? [] : await descendantsOf(this.pid);
    try {
      if (!this.ending) this.child.kill(signal);
      await waitFor('Gatehouse to end', () => this.ending, STOP_DEADLINE_MS);
      for (const each of family) {
        await waitFor(
          `its process ${each.pid} (${each.command}) to end`,
          async () => !(await isAlive(each.pid)),
          5_000,
        );
      }
    } finally {
      if (!this.ending) this.child.kill('SIGKILL');
      await this.tidyUp();
    }
  }
}

/** Starts the built product on a free port of loopback and waits until it is ready. */
export async function startGatehouse(options: GatehouseOptions = {}): Promise<RunningGatehouse> {
  if (!existsSync(ENTRY)) throw new Error('Build the server first: npm run build');
  const port = options.port ?? (await freePort());
  const { dataDir, databaseUrl, tidyUp } = await placeFor(options);
  const [command, ...args] = [...commandInFront(options), process.execPath, ...FLAGS, ENTRY];
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      // The port after ours may be somebody else's.
      GATEHOUSE_APPS_PORT: 'off',
      GATEHOUSE_DATA_DIR: dataDir,
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      ...options.env,
    },
  });
  const gatehouse = new RunningGatehouse(child, `http://127.0.0.1:${port}`, dataDir, tidyUp);
  try {
    await gatehouse.untilReady();
  } catch (error) {
    if (!gatehouse.ending) child.kill('SIGKILL');
    await tidyUp();
    throw error;
  }
  return gatehouse;
}

/** Node by itself would take as many descriptors as the hard limit allows. */
const commandInFront = ({ descriptors, startedBy = [] }: GatehouseOptions): readonly string[] =>
  descriptors === undefined ? startedBy : [...startedBy, 'prlimit', `--nofile=${descriptors}:${descriptors}`];

interface Place {
  dataDir: string;
  databaseUrl?: string;
  tidyUp: () => Promise<void>;
}

async function placeFor({ database, dataDir }: GatehouseOptions): Promise<Place> {
  if (database) {
    const { databaseUrl } = database;
    return { dataDir: database.dataDir, ...(databaseUrl && { databaseUrl }), tidyUp: () => database.drop() };
  }
  if (dataDir !== undefined) return { dataDir, tidyUp: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-'));
  return { dataDir: folder, tidyUp: () => rm(folder, { recursive: true, force: true }) };
}
