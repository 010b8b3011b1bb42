import { setTimeout as delay } from 'node:timers/promises';
import { startFakeMcpServer, waitFor, type ApiCaller, type RunningFakeMcp } from '@gatehouse/testing';
import { addPerson, register, type Product } from './product.js';
import { vitalSignsOf, type VitalSigns } from './vital-signs.js';

const LOOK_EVERY_MS = 100;
/** How long what was taken may take to be given back. */
const BACK_MS = 30_000;
const RECORDED_MS = 5_000;
/** More than before by so much is no leak: a pooled connection, a timer that is about to fire. */
const SLACK = { descriptors: 6, timers: 6, children: 0 };
/** Far above anything seen, so that only a bomb that went off gets there. */
const MOST_MB_MORE = 1_024;
const UNFORESEEN = /unhandledRejection|uncaughtException|"level":"fatal"/;

/**
 * What holds whatever is done to the product. After every case: it lives, nothing unforeseen happened in it, readiness was
 * answered all the time, and somebody innocent who called all the time saw no error. At the end, besides: descriptors, timers
 * and children are back to where they were, and exactly the expected calls and changes are on record.
 */
export class Invariants {
  /** Calls of the innocent that were answered, in ms. */
  readonly latencies: number[] = [];
  private readonly seen: string[] = [];
  private readonly stopping = new AbortController();
  private readonly pid: number;
  private readonly peak: VitalSigns;
  private readonly work: Promise<unknown>;
  private logsRead = 0;
  private turnedAway = 0;

  private constructor(
    private readonly product: Product,
    private readonly innocent: ApiCaller,
    private readonly fake: RunningFakeMcp,
    private readonly baseline: VitalSigns,
    private readonly recordedBefore: Records,
  ) {
    this.pid = product.gatehouse.pid;
    this.peak = { ...baseline };
    this.work = Promise.all([this.callOnAndOn(), this.askWhetherReady()]);
  }

  /** Begins to watch; everything that the suite needs for itself should be there already. */
  static async watch(product: Product): Promise<Invariants> {
    const fake = await startFakeMcpServer({ name: 'innocent' });
    const service = { name: 'Innocent', slug: 'innocent', type: 'http', url: fake.url };
    await register(product.owner, service);
    const { caller } = await addPerson(product, 'innocent@example.org');
    for (let each = 0; each < 3; each += 1) await echo(caller, 'warm');
    return new Invariants(product, caller, fake, await vitalSignsOf(product.gatehouse), await recordsOf(product));
  }

  /** @throws {Error} naming the case and what did not hold during it */
  check(name: string): void {
    const { gatehouse } = this.product;
    const problems = this.seen.splice(0);
    if (gatehouse.ending) problems.push(`I1: the process ended (${gatehouse.ending}): ${gatehouse.logs.slice(-2_000)}`);
    const { logs } = gatehouse;
    const line = UNFORESEEN.exec(logs.slice(this.logsRead));
    this.logsRead = logs.length;
    if (line) problems.push(`I1: ${logs.slice(-2_000)}`);
    if (problems.length > 0) throw new Error(`${name}: ${problems.join('\n')}`);
  }

  /**
   * Ends watching.
   *
   * @param expected rows of calls and of administrative changes that the cases must have left, beside those of the innocent;
   * absent: as many as there are
   * @returns what was measured, for people
   * @throws {Error} when something does not hold
   */
  async end(expected: Partial<Records> = {}): Promise<string> {
    const { product, pid } = this;
    this.stopping.abort();
    await this.work;
    this.check('at the end');
    if (product.gatehouse.pid !== pid) throw new Error('I1: another process');
    await this.backToBaseline();
    await this.expectRecords(expected);
    await this.fake.close();
    const { peak, baseline } = this;
    if (peak.rssMb > baseline.rssMb + MOST_MB_MORE)
      throw new Error(`I3: ${peak.rssMb} MB, before ${baseline.rssMb} MB`);
    const sorted = this.latencies.toSorted((a, b) => a - b);
    const p99 = Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? 0);
    return `innocent: ${sorted.length} calls, 0 errors, ${this.turnedAway} times told to come back, p99 ${p99} ms; loop at most ${peak.loopMaxMs} ms; memory ${baseline.rssMb} → at most ${peak.rssMb} MB`;
  }

  private async backToBaseline(): Promise<void> {
    let now = this.baseline;
    const isBack = async (): Promise<boolean> => {
      now = await vitalSignsOf(this.product.gatehouse);
      return (Object.keys(SLACK) as (keyof typeof SLACK)[]).every(
        (sign) => now[sign] <= this.baseline[sign] + SLACK[sign],
      );
    };
    await waitFor('what was taken to be given back', isBack, BACK_MS).catch((error: unknown) => {
      throw new Error(`I4: ${JSON.stringify(now)}, before ${JSON.stringify(this.baseline)}`, { cause: error });
    });
  }

  /** I5. @throws {Error} when more or fewer rows than these were added since watching began, those of the innocent aside */
  async expectRecords(expected: Partial<Records>): Promise<void> {
    let more: Records = { calls: 0, changes: 0 };
    const areThere = async (): Promise<boolean> => {
      const now = await recordsOf(this.product);
      const calls = now.calls - this.recordedBefore.calls - this.latencies.length;
      more = { calls, changes: now.changes - this.recordedBefore.changes };
      return more.calls === (expected.calls ?? more.calls) && more.changes === (expected.changes ?? more.changes);
    };
    // A call of the innocent may be under way.
    await waitFor('the records', areThere, RECORDED_MS).catch((error: unknown) => {
      throw new Error(`I5: on record are ${JSON.stringify(more)}, not ${JSON.stringify(expected)}`, { cause: error });
    });
  }

  /** I7: at any moment one call is under way or about to be. */
  private async callOnAndOn(): Promise<void> {
    for (let each = 0; !this.stopping.signal.aborted; each += 1) {
      const from = performance.now();
      const problem = await echo(this.innocent, `innocent ${each}`).catch(String);
      // On a busy machine the door may tell anybody to come back, and they do.
      if (problem?.startsWith('503 ') && problem.includes('"queue_full"')) {
        this.turnedAway += 1;
        continue;
      }
      if (problem) this.seen.push(`I7: somebody else’s call: ${problem}`);
      else this.latencies.push(performance.now() - from);
      await delay(LOOK_EVERY_MS / 2);
    }
  }

  /** I2, and what I3 is about. */
  private async askWhetherReady(): Promise<void> {
    for (let each = 0; !this.stopping.signal.aborted; each += 1) {
      const { gatehouse } = this.product;
      const answer = await fetch(`${gatehouse.url}/health/ready`).then((response) => response.status, String);
      if (answer !== 200) this.seen.push(`I2: readiness: ${answer}`);
      if (each % 10 === 0) await this.remember();
      await delay(LOOK_EVERY_MS);
    }
  }

  private async remember(): Promise<void> {
    const now = await vitalSignsOf(this.product.gatehouse).catch(() => undefined);
    if (!now) return;
    this.peak.rssMb = Math.max(this.peak.rssMb, now.rssMb);
    this.peak.loopMaxMs = Math.max(this.peak.loopMaxMs, now.loopMaxMs);
  }
}

/** How much is on record. */
export interface Records {
  calls: number;
  changes: number;
}

async function recordsOf({ owner }: Product): Promise<Records> {
  const { items } = await owner.call<{ items: { calls: number }[] }>('GET', '/api/usage?by=service');
  let changes = 0;
  let cursor: string | null = null;
  do {
    const page: { items: unknown[]; nextCursor: string | null } = await owner.call(
      'GET',
      `/api/audit/events?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    changes += page.items.length;
    cursor = page.nextCursor;
  } while (cursor);
  return { calls: items.reduce((sum, each) => sum + each.calls, 0), changes };
}

/** @returns what is wrong with the answer; undefined when nothing is */
async function echo(caller: ApiCaller, text: string): Promise<string | undefined> {
  const response = await caller.fetch('POST', '/api/mcp/services/innocent/tools/echo', { arguments: { text } });
  const answer = await response.text();
  return response.status === 200 && answer.includes(text) ? undefined : `${response.status} ${answer.slice(0, 300)}`;
}
