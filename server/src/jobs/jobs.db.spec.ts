import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testDatabases, waitFor, type TestDatabase } from '@gatehouse/testing';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../migrations/index.js';
import { ENTITIES } from '../entities.js';
import { createDataSource, databaseKind, migrate } from '../platform/index.js';
import { LEASE_MS, claim, end, isOver, type JobEnding } from './job.js';
import type { JobDraft } from './job-desk.js';
import { JobRow } from './job.entity.js';
import type { JobHandler, JobWork } from './job-handler.js';
import { HandClock, Node, person } from './jobs.fixture.js';
import { RunningJob } from './running-job.js';

/** Work that ends when a spec says so, and remembers what it was asked. */
class Workshop implements JobHandler {
  readonly kind = 'spec';
  readonly begun: JobWork[] = [];
  repeatable = true;
  private readonly endings = new Map<string, (ending: JobEnding) => void>();

  /** @param atOnce how everything ends that begins; absent: when `finish` is called */
  constructor(private readonly atOnce?: JobEnding) {}

  mayRepeat = (): boolean => this.repeatable;

  run(work: JobWork): Promise<JobEnding> {
    this.begun.push(work);
    if (this.atOnce) return Promise.resolve(this.atOnce);
    return new Promise((resolve) => {
      this.endings.set(work.jobId, resolve);
      work.signal.addEventListener('abort', () => resolve({ status: 'cancelled' }));
    });
  }

  finish(jobId: string, ending: JobEnding): void {
    this.endings.get(jobId)?.(ending);
  }
}

const draft = (rest: Partial<JobDraft> = {}): JobDraft => ({
  kind: 'spec',
  title: 'Spec · work',
  principal: person('ann'),
  payload: { text: 'hello' },
  idempotent: false,
  ...rest,
});

describe.each(testDatabases())('jobs on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let clock: HandClock;
  let nodes: Node[];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    database = await create();
    source = await createDataSource({ ...database, entities: ENTITIES, migrations: MIGRATIONS }).initialize();
    await migrate(source);
  });

  beforeEach(async () => {
    await source.getRepository(JobRow).clear();
    clock = new HandClock();
    nodes = [];
  });

  afterEach(() => Promise.all(nodes.map((node) => node.stop())));

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const node = (handler?: JobHandler, allow?: string[]): Node => {
    const made = new Node(source, clock, { ...(handler && { handler }), ...(allow && { allow }) });
    nodes.push(made);
    return made;
  };

  const rows = () => source.getRepository(JobRow).find();
  const row = async (id: string): Promise<JobRow> => source.getRepository(JobRow).findOneByOrFail({ id });
  const untilOver = (id: string) => waitFor('the end of the job', async () => isOver(await row(id)));

  it('two claimers take each of a hundred jobs exactly once', async () => {
    const [one, other] = [node(), node()];
    for (let index = 0; index < 100; index += 1)
      await one.desk.submit(draft({ principal: person(`p${index % 5}`), payload: index }));
    const claimed: string[] = [];
    const claimer = async ({ store }: Node, name: string): Promise<void> => {
      for (;;) {
        const waiting = await store.waiting([]);
        if (waiting.length === 0) return;
        for (const job of waiting) {
          const move = claim(job, name, clock.now());
          if (move && (await store.move(job, move))) claimed.push(job.id);
        }
      }
    };
    await Promise.all([claimer(one, 'one'), claimer(other, 'other'), claimer(one, 'one'), claimer(other, 'other')]);
    expect(claimed).toHaveLength(100);
    expect(new Set(claimed).size).toBe(100);
    expect((await rows()).every(({ status, attempts }) => status === 'running' && attempts === 1)).toBe(true);
  });

  it('are not taken in while memory is short; those that wait go on waiting, and begin when there is room', async () => {
    const workshop = new Workshop({ status: 'succeeded' });
    const { desk, runner, memory, watch } = node(workshop);
    const { id } = await desk.submit(draft());
    memory.part = 0.86;
    watch.look();
    await runner.turn();
    await expect(desk.submit(draft())).rejects.toMatchObject({ code: 'memory_short' });
    expect(workshop.begun).toEqual([]);
    memory.part = 0.5;
    watch.look();
    await runner.turn();
    await untilOver(id);
  });

  it('one who lost the lease writes nothing over the new owner', async () => {
    const { store, desk } = node();
    const waiting = await desk.submit(draft({ idempotent: true }));
    const sleeper = await store.move(waiting, claim(waiting, 'sleeper', clock.now()) ?? {});
    if (!sleeper) throw new Error('not claimed');
    clock.pass(LEASE_MS);
    const workshop = new Workshop();
    const next = node(workshop);
    await next.runner.turn();
    await waitFor('the new owner', () => workshop.begun[0]);
    const late = { ...end(sleeper, { status: 'succeeded' }, clock.now()), result: 'too late' };
    expect(await store.move(sleeper, late)).toBeUndefined();
    expect(await row(waiting.id)).toMatchObject({ status: 'running', attempts: 2, result: null });
    workshop.finish(waiting.id, { status: 'succeeded', result: 'of the new owner' });
    await untilOver(waiting.id);
    expect(await row(waiting.id)).toMatchObject({ status: 'succeeded', result: 'of the new owner' });
  });

  it('one whose lease cannot be renewed stops working', async () => {
    const { store, desk, standing } = node();
    const workshop = new Workshop();
    const { handlers } = node(workshop);
    const waiting = await desk.submit(draft());
    const mine = await store.move(waiting, claim(waiting, 'me', clock.now()) ?? {});
    if (!mine) throw new Error('not claimed');
    const around = { store, handlers, standing: standing as never, clock, onMoved: () => undefined };
    const job = new RunningJob(mine, around);
    await waitFor('work', () => workshop.begun[0]);
    await source.getRepository(JobRow).increment({ id: waiting.id }, 'fence', 1);
    await job.beat();
    await job.done;
    expect(workshop.begun[0]?.signal.aborted).toBe(true);
    expect(await row(waiting.id)).toMatchObject({ status: 'running', finishedAt: null });
  });

  it('a job whose runner is gone is unknown, and not done again', async () => {
    const workshop = new Workshop();
    const { store, desk, runner } = node(workshop);
    const waiting = await desk.submit(draft());
    await store.move(waiting, claim(waiting, 'dead', clock.now()) ?? {});
    clock.pass(LEASE_MS);
    await runner.turn();
    expect(await row(waiting.id)).toMatchObject({
      status: 'unknown',
      failure: { code: 'job_interrupted' },
      payload: null,
    });
    expect(workshop.begun).toEqual([]);
  });

  it('one that an administrator called idempotent is, unless that was taken back meanwhile', async () => {
    const workshop = new Workshop({ status: 'succeeded', result: 1 });
    const { store, desk, runner } = node(workshop);
    const died = async (): Promise<string> => {
      const waiting = await desk.submit(draft({ idempotent: true }));
      await store.move(waiting, claim(waiting, 'dead', clock.now()) ?? {});
      clock.pass(LEASE_MS);
      await runner.turn();
      await untilOver(waiting.id);
      return waiting.id;
    };
    expect(await row(await died())).toMatchObject({ status: 'succeeded', attempts: 2 });
    workshop.repeatable = false;
    expect(await row(await died())).toMatchObject({ status: 'unknown', attempts: 1 });
  });

  it('somebody else’s lease that still runs is respected where there may be somebody else', async () => {
    const { store, desk, runner } = node(new Workshop());
    const waiting = await desk.submit(draft());
    await store.move(waiting, claim(waiting, 'another', clock.now()) ?? {});
    await runner.turn();
    // An embedded database has one process: whatever another one ran is lost.
    expect((await row(waiting.id)).status).toBe(databaseKind() === 'sqlite' ? 'unknown' : 'running');
  });

  it('a renewed lease is not taken over by one who saw the old one', async () => {
    const { store, desk } = node();
    const waiting = await desk.submit(draft());
    const seen = await store.move(waiting, claim(waiting, 'owner', clock.now()) ?? {});
    if (!seen) throw new Error('not claimed');
    await store.move(seen, { leaseUntil: new Date(clock.now().getTime() + 2 * LEASE_MS) });
    expect(await store.move(seen, { status: 'unknown' }, { sameLease: true })).toBeUndefined();
    expect((await row(waiting.id)).status).toBe('running');
  });

  it('nobody has more than four running at once, and everybody gets a turn', async () => {
    const workshop = new Workshop();
    const { desk, runner } = node(workshop);
    for (let index = 0; index < 30; index += 1) await desk.submit(draft());
    await desk.submit(draft({ principal: person('bob') }));
    runner.onApplicationBootstrap();
    await waitFor('five to begin', () => workshop.begun.length === 5);
    expect(workshop.begun.map(({ principal }) => principal.userId).sort()).toEqual(['ann', 'ann', 'ann', 'ann', 'bob']);
    const ofAnn = workshop.begun.filter(({ principal }) => principal.userId === 'ann');
    for (const { jobId } of ofAnn) workshop.finish(jobId, { status: 'succeeded' });
    await waitFor('the next ones', () => workshop.begun.length === 9);
  });

  it('nobody has more than a hundred under way, however many come at once', async () => {
    const { desk } = node();
    const tried = await Promise.allSettled(Array.from({ length: 110 }, () => desk.submit(draft())));
    const refused = tried.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({ reason: { code: 'job_queue_full', details: { limit: 100 } } });
    await expect(desk.submit(draft({ principal: person('bob') }))).resolves.toBeDefined();
  });

  it('a job is not done for somebody who may not act any more', async () => {
    const workshop = new Workshop({ status: 'succeeded', result: 1 });
    const { desk, runner, standing } = node(workshop);
    const { id } = await desk.submit(draft());
    standing.gone.add('ann');
    await runner.turn();
    await untilOver(id);
    expect(await row(id)).toMatchObject({ status: 'failed', failure: { code: 'job_owner_refused' } });
    expect(workshop.begun).toEqual([]);
  });

  it('one that runs is broken off when its owner may not act any more', async () => {
    const workshop = new Workshop();
    const { store, desk, standing, handlers } = node(workshop);
    const waiting = await desk.submit(draft());
    const mine = await store.move(waiting, claim(waiting, 'me', clock.now()) ?? {});
    if (!mine) throw new Error('not claimed');
    const around = { store, handlers, standing: standing as never, clock, onMoved: () => undefined };
    const job = new RunningJob(mine, around);
    await waitFor('work', () => workshop.begun[0]);
    standing.gone.add('ann');
    await job.beat();
    await job.done;
    expect(await row(waiting.id)).toMatchObject({ status: 'failed', failure: { code: 'job_owner_refused' } });
  });

  it('one that waits is cancelled at once; one that runs is told to stop', async () => {
    const workshop = new Workshop();
    const { desk, runner } = node(workshop);
    const waiting = await desk.submit(draft());
    expect(await desk.cancel(person('ann'), waiting.id)).toMatchObject({ status: 'cancelled' });
    const { id } = await desk.submit(draft());
    await runner.turn();
    await waitFor('work', () => workshop.begun[0]);
    await desk.cancel(person('ann'), id);
    await untilOver(id);
    expect((await row(id)).status).toBe('cancelled');
    expect(workshop.begun[0]?.signal.aborted).toBe(true);
  });

  it('another person’s job is not there', async () => {
    const { desk } = node();
    const { id } = await desk.submit(draft());
    await expect(desk.demand(person('bob'), id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(desk.cancel(person('bob'), id)).rejects.toMatchObject({ code: 'not_found' });
    const all = { everybody: true, limit: 10, cursor: undefined };
    expect((await desk.page(person('bob'), all)).items).toEqual([]);
    expect((await desk.page(person('boss', new Set(['jobs:manage'])), all)).items).toHaveLength(1);
  });

  it('what runs when the process stops is unknown, or waits again when that does no harm', async () => {
    const workshop = new Workshop();
    const { desk, runner } = node(workshop);
    const [once, again] = [await desk.submit(draft()), await desk.submit(draft({ idempotent: true }))];
    await runner.turn();
    await waitFor('work', () => workshop.begun.length === 2);
    await runner.beforeApplicationShutdown();
    expect((await row(once.id)).status).toBe('unknown');
    expect((await row(again.id)).status).toBe('queued');
  });

  it('keeps no result that is larger than a megabyte, and says so', async () => {
    const { desk, runner } = node(new Workshop({ status: 'succeeded', result: 'x'.repeat(1024 * 1024) }));
    const { id } = await desk.submit(draft());
    await runner.turn();
    await untilOver(id);
    expect(await row(id)).toMatchObject({ status: 'succeeded', result: null, failure: { code: 'result_not_kept' } });
  });

  it('is forgotten a day after its end, and not before', async () => {
    const { desk, store } = node();
    const { id } = await desk.submit(draft());
    await desk.cancel(person('ann'), id);
    const open = await desk.submit(draft());
    clock.pass(24 * 60 * 60_000 - 1);
    await store.sweep(clock.now());
    expect(await rows()).toHaveLength(2);
    clock.pass(1);
    await store.sweep(clock.now());
    expect((await rows()).map((each) => each.id)).toEqual([open.id]);
  });

  describe('tells the end', () => {
    let receiver: Server;
    let url: string;
    let answers: number[];
    let received: { headers: IncomingHttpHeaders; body: string }[];
    const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

    beforeEach(async () => {
      received = [];
      answers = [];
      receiver = createServer((request, response) => {
        let body = '';
        request.setEncoding('utf8').on('data', (text: string) => (body += text));
        request.on('end', () => {
          received.push({ headers: request.headers, body });
          response.writeHead(answers.shift() ?? 204).end();
        });
      });
      await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
      url = `http://localhost:${(receiver.address() as AddressInfo).port}/hook?token=canary`;
    });

    afterEach(() => new Promise((resolve) => receiver.close(resolve).closeAllConnections()));

    const over = async ({ desk, runner }: Node, callback: JobDraft['callback']): Promise<string> => {
      const { id } = await desk.submit(draft({ callback }));
      await runner.turn();
      await untilOver(id);
      return id;
    };

    /** The scheme as standardwebhooks.com describes it, written down once more. */
    const isSigned = ({ headers, body }: (typeof received)[number], key: string): boolean => {
      const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
      const mac = createHmac('sha256', Buffer.from(key.replace('whsec_', ''), 'base64')).update(content, 'utf8');
      return headers['webhook-signature'] === `v1,${mac.digest('base64')}`;
    };

    it('signed, without the result, and keeps neither address nor secret in the open', async () => {
      const local = node(new Workshop({ status: 'succeeded', result: 'a private result' }));
      const id = await over(local, { url, secret });
      const stored = JSON.stringify(await source.query('SELECT * FROM job'));
      expect(stored).not.toContain('canary');
      expect(stored).not.toContain(secret.slice(6));
      await local.courier.turn();
      const [message] = received;
      expect(message && isSigned(message, secret)).toBe(true);
      expect(message && isSigned(message, `whsec_${Buffer.alloc(32).toString('base64')}`)).toBe(false);
      expect(message?.headers).toMatchObject({
        'webhook-id': id,
        'webhook-timestamp': String(clock.now().getTime() / 1_000),
      });
      expect(JSON.parse(message?.body ?? '')).toMatchObject({
        type: 'job.succeeded',
        data: { id, status: 'succeeded' },
      });
      expect(message?.body).not.toContain('a private result');
      expect(await row(id)).toMatchObject({
        callbackState: 'delivered',
        sealedCallback: null,
        callbackShown: url.split('?')[0],
        deliveries: [{ status: 204 }],
      });
    });

    it('again when the receiver failed, later, with the same id', async () => {
      const local = node(new Workshop({ status: 'succeeded', result: 1 }));
      answers = [500];
      const id = await over(local, { url });
      await local.courier.turn();
      await local.courier.turn();
      expect(received).toHaveLength(1);
      clock.pass(10_000);
      await local.courier.turn();
      expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
      expect(received[0]?.headers['webhook-signature']).toBeUndefined();
      expect((await row(id)).deliveries.map(({ status }) => status)).toEqual([500, 204]);
    });

    it('once, when two processes look at the same time', async () => {
      const [one, other] = [node(new Workshop({ status: 'succeeded', result: 1 })), node()];
      await over(one, { url });
      await Promise.all([one.courier.turn(), other.courier.turn()]);
      expect(received).toHaveLength(1);
    });

    it('to no address that the operator has not allowed, whether it is a number or a name', async () => {
      const local = node(new Workshop({ status: 'succeeded', result: 1 }), []);
      await expect(local.desk.submit(draft({ callback: { url: 'http://10.0.0.1/' } }))).rejects.toMatchObject({
        code: 'egress_refused',
      });
      const id = await over(local, { url });
      await local.courier.turn();
      expect(received).toEqual([]);
      expect(await row(id)).toMatchObject({
        callbackState: 'failed',
        deliveries: [{ status: null, error: 'egress_refused' }],
      });
    });
  });
});
