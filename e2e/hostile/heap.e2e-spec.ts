import { startScriptedService, waitFor, type ScriptedService } from '@gatehouse/testing';
import { register, startProduct, type Product } from '../support/product.js';
import { isFull } from './cases.js';

const HELD = '/api/mcp/services/tools/tools/hold';
const QUICK = '/api/mcp/services/tools/tools/quick';
const ANYTHING = { type: 'object', properties: {} };
const DONE = { content: [{ type: 'text', text: 'done' }] };
const ASYNC = { prefer: 'respond-async' };
/** What one call holds while it runs, characters; two dozen of them more than the heap has room for. */
const LOAD = 'x'.repeat(800_000);
/** One service is sent no more than so many at once, whatever its limits say. */
const MOST_CALLS = 60;

interface Told {
  status: number;
  code: string | undefined;
  retryAfter: string | null;
}

/** N6 for real: calls that hold the heap come in until there is no room for more. `npm run prove -- heap`. */
(isFull ? describe : describe.skip)('a heap of which calls under way hold nearly all', () => {
  let product: Product;
  let service: ScriptedService;
  const begun: AbortController[] = [];

  beforeAll(async () => {
    service = await startScriptedService({
      tools: ['hold', 'quick'].map((name) => ({ name, inputSchema: ANYTHING })),
      call: (tool) => (tool === 'hold' ? new Promise(() => undefined) : DONE),
    });
    product = await startProduct({
      env: { NODE_OPTIONS: '--max-old-space-size=160', GATEHOUSE_CALLS_PER_MINUTE: '0' },
    });
    const { owner } = product;
    const { id } = await register(owner, { name: 'tools', slug: 'tools', type: 'http', url: service.url });
    for (const subject of [{ kind: 'everyone' }, { kind: 'service', id }])
      await owner.call('POST', '/api/mcp/limits', { subject, concurrency: 1_000, queue: 0 });
  });

  afterAll(async () => {
    for (const each of begun) each.abort();
    await product.gatehouse.stop();
    await service.close();
  });

  const keyed = async (): Promise<{ authorization: string }> => {
    const { secret } = await product.owner.withApiKey({ name: 'heap' });
    return { authorization: `Bearer ${secret}` };
  };
  const post = async (path: string, args: object, headers: Record<string, string>): Promise<Told> => {
    const response = await fetch(`${product.gatehouse.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ arguments: args }),
    });
    const { error } = (await response.json()) as { error?: { code: string } };
    return { status: response.status, code: error?.code, retryAfter: response.headers.get('retry-after') };
  };
  const gauges = async (): Promise<{ level: number; use: number }> => {
    const text = await (await fetch(`${product.gatehouse.url}/metrics`)).text();
    const read = (name: string): number => Number(new RegExp(`^gatehouse_memory_${name} (.*)$`, 'm').exec(text)?.[1]);
    return { level: read('pressure'), use: read('use_ratio') };
  };
  /** Begins a call that holds memory until it is given up. @returns once its service has it, or it was turned away */
  const hold = async (key: object): Promise<void> => {
    const sent = service.calls.length;
    const gone = new AbortController();
    let isOver = false;
    fetch(`${product.gatehouse.url}${HELD}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...key },
      body: JSON.stringify({ arguments: { load: `${begun.length} ${LOAD}` }, timeoutMs: 300_000 }),
      signal: gone.signal,
    }).then(
      () => (isOver = true),
      () => (isOver = true),
    );
    await waitFor('the call to arrive', () => isOver || service.calls.length > sent, 20_000);
    if (!isOver) begun.push(gone);
  };

  it('turns away answers and jobs first and calls in the end, lives, and takes everything again after', async () => {
    const key = await keyed();
    const seen = new Map<number, Told[]>();
    for (let each = 0; each < MOST_CALLS && !seen.has(3); each += 1) {
      await hold(key);
      const { level } = await gauges();
      if (level === 0 || seen.has(level)) continue;
      seen.set(level, [await post(QUICK, {}, { ...key, ...ASYNC }), await post(QUICK, {}, key)]);
    }
    expect(product.gatehouse.ending).toBeUndefined();
    const away = { status: 503, code: 'memory_short', retryAfter: expect.stringMatching(/^\d+$/) };
    const well = { status: 200, code: undefined, retryAfter: null };
    expect(seen.get(3)).toEqual([away, away]);
    for (const level of [1, 2]) if (seen.has(level)) expect(seen.get(level)).toEqual([away, well]);
    expect((await fetch(`${product.gatehouse.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${product.gatehouse.url}/health/ready`)).status).toBe(503);
    process.stdout.write(`heap: ${begun.length} calls held it; levels seen: ${[...seen.keys()].join(', ')}\n`);

    for (const each of begun.splice(0)) each.abort();
    await waitFor('room', async () => (await gauges()).level === 0, 60_000);
    expect(await post(QUICK, {}, key)).toEqual(well);
    expect(await post(QUICK, {}, { ...key, ...ASYNC })).toMatchObject({ status: 202 });
    expect((await fetch(`${product.gatehouse.url}/health/ready`)).status).toBe(200);
    expect(product.gatehouse.ending).toBeUndefined();
  }, 300_000);
});
