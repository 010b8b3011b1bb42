import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FAULTY_STDIO_SERVER_FILE, isAlive } from '@gatehouse/testing';
import { refusal, register, startProduct, type Product } from '../support/product.js';
import { CaseCount, isFull, tryAll } from './cases.js';

const [SERVICES, MOST] = isFull ? [500, 100] : [16, 4];
/** Fewer than one person may call at a time. */
const FEW = 5;
const LOOK_EVERY_MS = 25;

const slugs = Array.from({ length: SERVICES }, (_, at) => `command-${at}`);
const pathOf = (slug: string, tool: string): string => `/api/mcp/services/${slug}/tools/${tool}`;

/** F12: many more services with local commands than may run at once. */
describe('many local commands', () => {
  const counted = new CaseCount('F12');
  let dataDir: string;
  let product: Product;
  let children: Children;

  const start = async (most: number): Promise<void> => {
    const env = { GATEHOUSE_CALLS_PER_MINUTE: '0', GATEHOUSE_STDIO_MOST: String(most), LOG_LEVEL: 'fatal' };
    product = await startProduct({ dataDir, env });
    children = new Children(product.gatehouse.pid);
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-many-'));
    await start(MOST);
  });

  afterAll(async () => {
    children.stop();
    await product.gatehouse.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const callAll = (): Promise<string[]> =>
    tryAll(slugs, async (slug) => {
      const answer = await product.owner.fetch('POST', pathOf(slug, 'garbage'), { arguments: {} });
      return answer.ok ? undefined : `${slug}: ${await answer.text()}`;
    });

  it(
    'are all reached, and never more of them run than may',
    async () => {
      counted.add('F12', SERVICES, 500);
      const config = { command: process.execPath, args: [FAULTY_STDIO_SERVER_FILE], pool: { min: 1, max: 1 } };
      const problems = await tryAll(slugs, async (slug) => {
        await register(product.owner, { name: slug, slug, type: 'stdio', config });
        return undefined;
      });
      expect([...problems, ...(await callAll())]).toEqual([]);
      expect(children.peak).toBeGreaterThan(1);
      expect(children.peak).toBeLessThanOrEqual(MOST);
      expect(await children.zombies()).toEqual([]);
    },
    isFull ? 600_000 : 60_000,
  );

  const inFull = isFull ? it : undefined;

  inFull?.(
    'are not started before they are needed, and whoever wants one more than may run is told so',
    async () => {
      const before = [...children.seen];
      children.stop();
      await product.gatehouse.stop();
      expect((await Promise.all(before.map(isAlive))).filter(Boolean)).toEqual([]);
      await start(FEW);
      await children.look();
      expect(children.peak).toBe(0);
      const leaving = new AbortController();
      const { secret } = await product.owner.withApiKey({ name: 'laptop' });
      const busy = slugs.slice(0, FEW).map((slug) =>
        fetch(product.gatehouse.url + pathOf(slug, 'silent'), {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
          body: '{"arguments":{}}',
          signal: leaving.signal,
        }).catch(() => undefined),
      );
      while (children.now < FEW) await delay(LOOK_EVERY_MS);
      const refused = await refusal(product.owner, 'POST', pathOf(slugs[FEW] ?? '', 'garbage'), { arguments: {} });
      expect(refused).toMatchObject({ status: 503, code: 'too_many_commands' });
      leaving.abort();
      await Promise.all(busy);
      await product.owner.call('POST', pathOf(slugs[FEW] ?? '', 'garbage'), { arguments: {} });
      expect(children.peak).toBe(FEW);
      expect(await children.zombies()).toEqual([]);
    },
    60_000,
  );

  it('are counted', () => counted.print(`at most ${MOST} at once`));
});

/** The processes that one started itself; a sandbox starts more below them. */
class Children {
  /** The most that there were when somebody looked. */
  peak = 0;
  now = 0;
  readonly seen = new Set<number>();
  private readonly timer = setInterval(() => void this.look(), LOOK_EVERY_MS);

  constructor(private readonly pid: number) {}

  async look(): Promise<void> {
    const pids = (await this.pids()).filter(({ state }) => state !== 'Z' && state !== 'X');
    this.now = pids.length;
    this.peak = Math.max(this.peak, this.now);
    for (const { pid } of pids) this.seen.add(pid);
  }

  /** What has ended, and nobody has asked how. */
  async zombies(): Promise<number[]> {
    return (await this.pids()).filter(({ state }) => state === 'Z').map(({ pid }) => pid);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async pids(): Promise<{ pid: number; state: string }[]> {
    const tasks = await readdir(`/proc/${this.pid}/task`).catch(() => []);
    const lists = tasks.map((task) => readFile(`/proc/${this.pid}/task/${task}/children`, 'utf8').catch(() => ''));
    const pids = (await Promise.all(lists)).flatMap((list) => list.split(' ').filter(Boolean).map(Number));
    return Promise.all(
      pids.map(async (pid) => {
        const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') X');
        return { pid, state: stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) };
      }),
    );
  }
}
