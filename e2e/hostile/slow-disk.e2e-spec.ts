import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
import { slowDisk } from '../support/failing-disk.js';
import { register, startProduct, type Product } from '../support/product.js';

const CALL = '/api/mcp/services/tools/tools/echo';
const CALLERS = 16;
const CALLS_EACH = 4;
/** What a tired disk takes, or one at the end of a network. */
const DELAY_MS = 100;
const READS = ['/api/audit/calls', '/api/mcp/services', '/api/overview', '/api/users', '/health/ready'];

interface EchoAnswer {
  callId: string;
  result: { content: { text?: string }[] };
}

/** N9, a slow disk: whoever calls waits for it together with the others, and nobody else does. */
describe('a product on a slow disk', () => {
  let dataDir: string;
  let product: Product;
  let fake: RunningFakeMcp;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-slow-'));
    fake = await startFakeMcpServer();
    product = await startProduct({ dataDir, env: { GATEHOUSE_CALLS_PER_MINUTE: '0' } });
    await register(product.owner, { name: 'tools', slug: 'tools', type: 'http', url: fake.url });
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await fake.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** @returns the ids of the calls, of which each was answered right */
  const callAll = async (): Promise<string[]> => {
    const ids: string[] = [];
    const callers = Array.from({ length: CALLERS }, async (_, at) => {
      for (let each = 0; each < CALLS_EACH; each += 1) {
        const text = `${at} ${each}`;
        const { callId, result } = await product.owner.call<EchoAnswer>('POST', CALL, { arguments: { text } });
        expect(result.content[0]?.text).toBe(text);
        ids.push(callId);
      }
    });
    await Promise.all(callers);
    return ids;
  };

  /** Looks at this and that until `isOver`. @returns what came of it */
  const look = async (isOver: () => boolean): Promise<Set<string>> => {
    const seen = new Set<string>();
    do for (const path of READS) seen.add(`${path} ${(await product.owner.fetch('GET', path)).status}`);
    while (!isOver());
    return seen;
  };

  const statusOf = async (id: string): Promise<string> =>
    (await product.owner.call<{ status: string }>('GET', `/api/audit/calls/${id}`)).status;

  it(`answers ${CALLERS} callers right, records every call, and lets others look meanwhile`, async () => {
    const disk = await slowDisk(product.gatehouse.pid, DELAY_MS);
    if (!disk) {
      process.stdout.write('N9 was not tried on a slow disk: there is no strace, or it may not be used\n');
      return;
    }
    try {
      let isOver = false;
      const calling = callAll().finally(() => (isOver = true));
      const [ids, seen] = await Promise.all([calling, look(() => isOver)]);
      expect(await disk.heldUp()).toBeGreaterThan(0);
      expect(seen).toEqual(new Set(READS.map((path) => `${path} 200`)));
      expect(ids).toHaveLength(CALLERS * CALLS_EACH);
      expect(new Set(await Promise.all(ids.map(statusOf)))).toEqual(new Set(['success']));
      expect(await product.owner.call('GET', '/api/audit/verify')).toMatchObject({ valid: true });
    } finally {
      await disk.mend();
    }
  });
});
