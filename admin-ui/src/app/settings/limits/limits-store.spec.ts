import { limitsApi, type Limit } from '@gatehouse/api-client';
import { FakeServer, Refusal } from '../../../testing/fake-server';
import { EMPTY_LIMIT } from './limit-form';
import { LimitsStore } from './limits-store';

const rule = { id: 'r1', version: 1, subject: { kind: 'everyone' }, queue: 3 } as Limit;
const LISTS = {
  'GET /api/mcp/limits': () => ({ items: [rule], nextCursor: null }),
  'GET /api/mcp/limits/defaults': () => ({ caller: [], service: [] }),
};

describe('the rules for limits', () => {
  it('show a change at once, and lose what was removed', async () => {
    const server = new FakeServer({
      ...LISTS,
      'PUT /api/mcp/limits/r1': () => ({ ...rule, version: 2, queue: 9 }),
      'DELETE /api/mcp/limits/r1': () => undefined,
    });
    const store = new LimitsStore(limitsApi(server.http));
    await store.load();
    expect(await store.change(rule, { ...EMPTY_LIMIT.numbers, queue: 9 })).toBe(true);
    expect(store.rules.items()).toMatchObject([{ queue: 9, version: 2 }]);
    await store.remove(rule);
    expect(store.rules.state()).toBe('empty');
  });

  it('keep the refusal of a rule that is there already', async () => {
    const server = new FakeServer({ ...LISTS, 'POST /api/mcp/limits': () => new Refusal(409, 'conflict') });
    const store = new LimitsStore(limitsApi(server.http));
    expect(await store.create(EMPTY_LIMIT)).toBe(false);
    expect(store.saving.error()?.code).toBe('conflict');
  });
});
