import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiCaller, freePort, startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { readEvents } from '@gatehouse/api-client';
import { PASSWORD, RunningProduct, type Person } from '../../spec/running-product.js';

interface Job {
  id: string;
  status: string;
  title: string;
  kind: string;
  progress: { progress: number; total?: number } | null;
  owner: { email: string };
  error: { code: string; message: string; remedy: string } | null;
  callback: { url: string; state: string; deliveries: { status: number | null }[] } | null;
  result?: { callId: string; result: { content: { text?: string }[]; isError?: boolean } } & { items?: Item[] };
}

interface Item {
  service: string;
  tool: string;
  status: number;
  callId?: string;
  result?: { content: { text?: string }[]; isError?: boolean };
  error?: { code: string; message: string };
}

interface Refused {
  error: { code: string; message: string; fields?: { path: string }[] };
}

const ASYNC = { prefer: 'wait=5, Respond-Async' };

describe('calls that are not waited for', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let ann: Person;
  let caller: ApiCaller;
  let stranger: ApiCaller;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer();
    ann = await product.addPerson('ann');
    await product.grant(ann, await product.addService('fake', fake.url));
    caller = product.callerOf(ann);
    stranger = product.callerOf(await product.addPerson('bob'));
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const post = (path: string, body: object, headers: Record<string, string> = {}, who = caller): Promise<Response> =>
    who.fetch('POST', `/api/mcp/${path}`, body, headers);
  const call = (tool: string, args: object, headers?: Record<string, string>): Promise<Response> =>
    post(`services/fake/tools/${tool}`, { arguments: args }, headers);
  const jsonOf = async <T>(response: Response): Promise<T> => (await response.json()) as T;
  const callsOf = (tool: string): number => fake.state.calls.filter((each) => each.tool === tool).length;
  const jobAt = (id: string): Promise<Job> => caller.call<Job>('GET', `/api/jobs/${id}`);
  const over = (id: string): Promise<Job> =>
    waitFor('the end of a job', async () => {
      const job = await jobAt(id);
      return ['queued', 'running'].includes(job.status) ? undefined : job;
    });
  const start = async (tool: string, args: object): Promise<Job> => jsonOf<Job>(await call(tool, args, ASYNC));

  it('are answered with a job at once, whose result is the answer', async () => {
    const response = await call('echo', { text: 'later' }, ASYNC);
    const job = await jsonOf<Job>(response);
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe(`/api/jobs/${job.id}`);
    expect(response.headers.get('preference-applied')).toBe('respond-async');
    expect(job).toMatchObject({ title: 'fake · echo', kind: 'tool-call', owner: { email: ann.email } });
    const done = await over(job.id);
    expect(done).toMatchObject({ status: 'succeeded', error: null });
    expect(done.result?.result.content).toEqual([{ type: 'text', text: 'later' }]);
    const record = await product.owner.call<{ door: string; status: string }>(
      'GET',
      `/api/audit/calls/${String(done.result?.callId)}`,
    );
    expect(record).toMatchObject({ door: 'job', status: 'success' });
  });

  it('fail with the words of the tool, or with the reason that it was not called', async () => {
    const failed = await over((await start('fail', {})).id);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'tool_reported_failure' } });
    expect(failed.result?.result.isError).toBe(true);
    const wrong = await over((await start('echo', { text: 7 })).id);
    expect(wrong).toMatchObject({
      status: 'failed',
      error: { code: 'arguments_invalid', fields: [{ path: 'arguments.text' }] },
    });
  });

  it('are refused at once where there is nothing to call', async () => {
    const before = (await caller.call<{ items: Job[] }>('GET', '/api/jobs')).items.length;
    const response = await post('services/fake/tools/echo', { arguments: { text: 'x' } }, ASYNC, stranger);
    expect(response.status).toBe(404);
    expect((await call('echo', { text: 'x' }, { prefer: 'respond-asynchronously' })).status).toBe(200);
    expect((await caller.call<{ items: Job[] }>('GET', '/api/jobs')).items).toHaveLength(before);
  });

  it('say at once how near the nearest limit is, as calls do, and count nothing for being asked for', async () => {
    const serviceId = (await product.owner.call<{ id: string }>('GET', '/api/mcp/services/fake')).id;
    const subject = { kind: 'tool', id: serviceId, tool: 'echo' };
    const rule = await product.owner.call<{ id: string }>('POST', '/api/mcp/limits', { subject, dailyQuota: 100_000 });
    const standing = ({ headers }: Response): (string | null)[] => [
      headers.get('ratelimit-policy'),
      headers.get('ratelimit')?.replace(/;t=\d+$/, '') ?? null,
    ];
    const policy = '"tool-day";q=100000;w=86400';
    const left = (each: Response): number =>
      100_000 - Number(/r=(\d+)/.exec(String(each.headers.get('ratelimit')))?.[1]);
    const item = { service: 'fake', tool: 'echo', arguments: { text: 'x' } };
    const batch = (headers: Record<string, string> = {}, who = caller): Promise<Response> =>
      post('tools/batch', { items: [item, item] }, headers, who);

    const used = left(await call('echo', { text: 'x' }));
    const job = await call('echo', { text: 'x' }, ASYNC);
    expect(standing(job)).toEqual([policy, `"tool-day";r=${100_000 - used}`]);
    await over((await jsonOf<Job>(job)).id);
    expect(standing(await batch())).toEqual([policy, `"tool-day";r=${100_000 - used - 3}`]);
    const jobs = await batch(ASYNC);
    expect(standing(jobs)).toEqual([policy, `"tool-day";r=${100_000 - used - 3}`]);
    await over((await jsonOf<Job>(jobs)).id);
    // Whoever may not call the tool hears nothing of its limits.
    const nobody = product.callerOf(await product.addPerson('cem'));
    expect(standing(await batch(ASYNC, nobody))).toEqual([null, null]);
    expect(standing(await batch({}, nobody))).toEqual([null, null]);
    await product.owner.call('DELETE', `/api/mcp/limits/${rule.id}`);
  });

  it('are nobody else’s to see or to stop', async () => {
    const { id } = await start('echo', { text: 'mine' });
    for (const [method, path] of [
      ['GET', `/api/jobs/${id}`],
      ['GET', `/api/jobs/${id}/events`],
      ['POST', `/api/jobs/${id}/cancel`],
    ] as const)
      expect([path, (await stranger.fetch(method, path)).status]).toEqual([path, 404]);
    expect((await stranger.call<{ items: Job[] }>('GET', '/api/jobs?everybody=true')).items).toEqual([]);
    const all = await product.owner.call<{ items: Job[] }>('GET', '/api/jobs?everybody=true');
    expect(all.items.map((each) => each.id)).toContain(id);
    await over(id);
  });

  it('are cancelled, and the service is told; an administrator’s doing so is on the trail', async () => {
    const { id } = await start('silent', {});
    await waitFor('the call', () => callsOf('silent') === 1);
    await product.owner.call('POST', `/api/jobs/${id}/cancel`);
    expect((await over(id)).status).toBe('cancelled');
    await waitFor('the service to hear of it', () => fake.state.cancelled.includes('silent'));
    const { items } = await product.owner.call<{ items: { action: string; target: { id: string } }[] }>(
      'GET',
      '/api/audit/events?limit=5',
    );
    expect(items.find((event) => event.action === 'job.cancel')).toMatchObject({ target: { id } });
  });

  it('are not made with a key that was revoked meanwhile', async () => {
    const person = new ApiCaller(product.url);
    await person.login(ann.email, PASSWORD);
    const key = await person.call<{ id: string; secret: string }>('POST', '/api/auth/api-keys', { name: 'short' });
    const byKey = new ApiCaller(product.url, key.secret);
    const seats = await Promise.all([1, 2, 3, 4].map(() => start('silent', {})));
    const waiting = await jsonOf<Job>(
      await post('services/fake/tools/add', { arguments: { a: 1, b: 2 } }, ASYNC, byKey),
    );
    await person.call('DELETE', `/api/auth/api-keys/${key.id}`);
    for (const { id } of seats) await caller.call('POST', `/api/jobs/${id}/cancel`);
    const denied = await waitFor('the job', async () => {
      const job = await person.call<Job>('GET', `/api/jobs/${waiting.id}`);
      return job.status === 'failed' ? job : undefined;
    });
    expect(denied.error?.code).toBe('job_owner_refused');
    expect(callsOf('add')).toBe(0);
  });

  it('tell how they go on, and the stream ends with them', async () => {
    const { id } = await start('progress', { steps: 3 });
    const response = await caller.fetch('GET', `/api/jobs/${id}/events`);
    const seen: Job[] = [];
    if (!response.body) throw new Error('no body');
    for await (const event of readEvents(response.body)) seen.push(JSON.parse(event.data) as Job);
    expect(seen.at(-1)).toMatchObject({ id, status: 'succeeded', progress: { progress: 3, total: 3 } });
  });

  it('tell somebody else, signed, when they want it', async () => {
    const bodies: string[] = [];
    const receiver = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
      request.on('end', () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/done?token=canary`;
    const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    const body = { arguments: { text: 'x' }, callback: { url, secret } };
    const started = await post('services/fake/tools/echo', body, ASYNC);
    expect(started.status).toBe(202);
    const { id } = await jsonOf<Job>(started);
    const told = await waitFor('the delivery', async () => {
      const job = await jobAt(id);
      return job.callback?.state === 'delivered' ? job : undefined;
    });
    expect(told.callback).toMatchObject({ deliveries: [{ status: 204 }] });
    expect(JSON.stringify(told)).not.toMatch(/whsec_|canary/);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ type: 'job.succeeded', data: { id } });
    await new Promise((resolve) => receiver.close(resolve).closeAllConnections());
  });

  it.each([
    [{ url: 'http://10.1.2.3/' }, 502, 'egress_refused'],
    [{ url: 'http://169.254.169.254/latest' }, 502, 'egress_refused'],
    [{ url: 'ftp://example.org/' }, 400, 'validation_failed'],
    [{ url: 'http://user:pass@example.org/' }, 400, 'validation_failed'],
    [{ url: 'https://example.org/', secret: 'hunter2' }, 400, 'validation_failed'],
  ])('take no callback like %j', async (callback, status, code) => {
    const response = await post('services/fake/tools/echo', { arguments: { text: 'x' }, callback }, ASYNC);
    expect([response.status, (await jsonOf<Refused>(response)).error.code]).toEqual([status, code]);
  });

  it('take no callback without a job', async () => {
    const callback = { url: 'https://example.org/' };
    const response = await post('services/fake/tools/echo', { arguments: { text: 'x' }, callback });
    expect((await jsonOf<Refused>(response)).error).toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'callback' }],
    });
  });

  describe('in a batch', () => {
    const item = (tool: string, args: object, service = 'fake') => ({ service, tool, arguments: args });
    const batch = async (items: object[]): Promise<Item[]> => {
      const response = await post('tools/batch', { items });
      expect(response.status).toBe(200);
      return (await jsonOf<{ items: Item[] }>(response)).items;
    };

    beforeAll(async () => {
      const dead = `http://127.0.0.1:${await freePort()}/mcp`;
      const { id } = await product.owner.call<{ id: string }>('POST', '/api/mcp/services', {
        name: 'dead',
        slug: 'dead',
        type: 'http',
        url: dead,
      });
      await product.grant(ann, id);
    });

    it('each has a status of its own, in order, whatever becomes of the others', async () => {
      const items = await batch([
        item('echo', { text: 'one' }),
        item('anything', {}, 'dead'),
        item('fail', {}),
        item('no-such-tool', {}),
        item('echo', { text: 5 }),
        item('echo', { text: 'six' }),
        item('echo', { text: 'x' }, 'nobody'),
      ]);
      expect(items.map(({ status, error }) => [status, error?.code])).toEqual([
        [200, undefined],
        [502, 'upstream_unreachable'],
        [200, undefined],
        [404, 'tool_not_found'],
        [400, 'arguments_invalid'],
        [200, undefined],
        [404, 'tool_not_found'],
      ]);
      expect(items[0]?.result?.content[0]?.text).toBe('one');
      expect(items[2]?.result?.isError).toBe(true);
      expect(items[5]?.result?.content[0]?.text).toBe('six');
    });

    it('a hundred are all made, and none twice', async () => {
      const before = callsOf('add');
      const items = await batch(Array.from({ length: 100 }, (_, index) => item('add', { a: index, b: 1 })));
      expect(items.map(({ result }) => result?.content[0]?.text)).toEqual(
        Array.from({ length: 100 }, (_, index) => String(index + 1)),
      );
      expect(callsOf('add') - before).toBe(100);
    });

    it('never takes more places than its person has', async () => {
      const rule = { subject: { kind: 'user', id: ann.id }, concurrency: 1, queue: 0 };
      const { id } = await product.owner.call<{ id: string }>('POST', '/api/mcp/limits', rule);
      const items = await batch(Array.from({ length: 12 }, () => item('slow', { ms: 5 })));
      await product.owner.call('DELETE', `/api/mcp/limits/${id}`);
      expect(items.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    });

    it.each([
      ['no items', [], 'items'],
      ['too many', Array.from({ length: 101 }, () => item('echo', { text: 'x' })), 'items'],
      ['one without arguments', [item('echo', { text: 'x' }), { service: 'fake', tool: 'echo' }], 'items.1.arguments'],
      ['one with more', [{ ...item('echo', {}), door: 'test' }], 'items.0.door'],
      ['no object', [item('echo', { text: 'x' }), null], 'items.1 must be an object'],
      ['a list', [item('echo', { text: 'x' }), [item('echo', { text: 'x' })]], 'items.1 must be an object'],
    ])('is refused as a whole with %s, and nothing is called', async (_, items, path) => {
      const before = fake.state.calls.length;
      const response = await post('tools/batch', { items });
      const { error } = await jsonOf<Refused>(response);
      expect([response.status, error.code]).toEqual([400, 'validation_failed']);
      expect(JSON.stringify(error.fields)).toContain(path);
      expect(fake.state.calls).toHaveLength(before);
    });

    it('may be a job, whose result is the same', async () => {
      const items = [item('echo', { text: 'one' }), item('no-such-tool', {})];
      const { id, kind } = await jsonOf<Job>(await post('tools/batch', { items }, ASYNC));
      expect(kind).toBe('tool-batch');
      const done = await over(id);
      expect(done).toMatchObject({ status: 'succeeded', progress: { progress: 2, total: 2 } });
      expect(done.result?.items?.map(({ status }) => status)).toEqual([200, 404]);
    });
  });

  describe('with an Idempotency-Key', () => {
    const keyed = (key: string, args: object, headers: Record<string, string> = {}): Promise<Response> =>
      call('structured', args, { 'idempotency-key': key, ...headers });

    it('are made once, and answered alike every time', async () => {
      const before = callsOf('structured');
      const first = await keyed('k-1', { city: 'Bern' });
      const again = await post(
        'services/fake/tools/structured',
        { arguments: { city: 'Bern' } },
        { 'idempotency-key': 'k-1' },
      );
      expect(await again.text()).toBe(await first.text());
      expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
        null,
        'true',
      ]);
      expect(callsOf('structured') - before).toBe(1);
    });

    it('are made once when they come at the same time', async () => {
      const before = callsOf('structured');
      const answers = await Promise.all(Array.from({ length: 8 }, () => keyed('k-2', { city: 'Ulm' })));
      for (const answer of answers) {
        expect([200, 409]).toContain(answer.status);
        if (answer.status === 409) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(answers.map(({ status }) => status)).toContain(200);
      expect(callsOf('structured') - before).toBe(1);
    });

    it('are one job, not two', async () => {
      const answers = [await keyed('k-3', { city: 'Rom' }, ASYNC), await keyed('k-3', { city: 'Rom' }, ASYNC)];
      const jobs = await Promise.all(answers.map((answer) => jsonOf<Job>(answer)));
      expect(answers.map(({ status }) => status)).toEqual([202, 202]);
      expect(answers[1]?.headers.get('location')).toBe(answers[0]?.headers.get('location'));
      expect(jobs[1]?.id).toBe(jobs[0]?.id);
    });

    it('are refused when the body or the tool is another one', async () => {
      await keyed('k-4', { city: 'Bern' });
      expect((await keyed('k-4', { city: 'Basel' })).status).toBe(422);
      expect((await call('echo', { text: 'x' }, { 'idempotency-key': 'k-4' })).status).toBe(422);
    });

    it('keep a failure of the service as the answer, and give a refused key back', async () => {
      const silent = { arguments: {}, timeoutMs: 50 };
      const before = callsOf('silent');
      const [first, again] = [
        await post('services/fake/tools/silent', silent, { 'idempotency-key': 'k-5' }),
        await post('services/fake/tools/silent', silent, { 'idempotency-key': 'k-5' }),
      ];
      expect([first.status, again.status]).toEqual([504, 504]);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(callsOf('silent') - before).toBe(1);
      expect((await keyed('k-6', { city: 5 })).status).toBe(400);
      expect((await keyed('k-6', { city: 'Bern' })).status).toBe(200);
    });

    it('go on when the connection is lost, and the answer waits', async () => {
      const before = callsOf('slow');
      const gone = new AbortController();
      const lost = fetch(`${product.url}/api/mcp/services/fake/tools/slow`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${ann.key}`,
          'content-type': 'application/json',
          'idempotency-key': 'k-7',
        },
        body: JSON.stringify({ arguments: { ms: 200 } }),
        signal: gone.signal,
      });
      await waitFor('the call', () => callsOf('slow') > before);
      gone.abort();
      await expect(lost).rejects.toThrow();
      const answer = await waitFor('the answer', async () => {
        const response = await call('slow', { ms: 200 }, { 'idempotency-key': 'k-7' });
        return response.status === 200 ? response : undefined;
      });
      expect(answer.headers.get('idempotency-replayed')).toBe('true');
      expect(callsOf('slow') - before).toBe(1);
    });

    it.each(['', 'x'.repeat(129), 'with space'])('do not take %j for one', async (key) => {
      const response = await keyed(key, { city: 'Bern' });
      expect((await jsonOf<Refused>(response)).error.fields).toEqual([
        expect.objectContaining({ path: 'Idempotency-Key' }),
      ]);
    });
  });
});
