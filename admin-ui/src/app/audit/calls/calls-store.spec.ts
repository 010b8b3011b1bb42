import { auditApi, servicesApi } from '@gatehouse/api-client';
import { FakeServer, Refusal } from '../../../testing/fake-server';
import { CallsStore, NO_CALL_FILTERS, exportAddress } from './calls-store';

const now = () => Date.parse('2026-11-22T12:00:00Z');
const storeOn = (server: FakeServer) => new CallsStore(auditApi(server.http), servicesApi(server.http), now);

describe('the calls', () => {
  it('are asked for with every filter that is set, and no other', async () => {
    const server = new FakeServer({ 'GET /api/audit/calls': () => ({ items: [], nextCursor: null }) });
    await storeOn(server).search({ ...NO_CALL_FILTERS, range: '1h', status: 'denied', userId: 'u1' });
    expect(server.asked).toEqual(['GET /api/audit/calls?from=2026-11-22T11%3A00%3A00.000Z&status=denied&userId=u1']);
  });

  it('count what came since, until they are read again', async () => {
    const server = new FakeServer({ 'GET /api/audit/calls': () => ({ items: [], nextCursor: null }) });
    const store = storeOn(server);
    await store.search(NO_CALL_FILTERS);
    store.noteNew();
    store.noteNew();
    expect([store.fresh(), server.asked.length]).toEqual([2, 1]);
    await store.refresh();
    expect([store.fresh(), server.asked.length]).toEqual([0, 2]);
  });

  it('do not show the call before while another is opened', async () => {
    const server = new FakeServer({
      'GET /api/audit/calls/a': () => ({ id: 'a' }),
      'GET /api/audit/calls/b': () => new Refusal(404, 'not_found'),
    });
    const store = storeOn(server);
    await store.open('a');
    expect(store.detail.value()?.id).toBe('a');
    await store.open('b');
    expect([store.detail.value(), store.detail.error()?.code]).toEqual([undefined, 'not_found']);
  });

  it('are exported as they are filtered', () => {
    const address = exportAddress({ ...NO_CALL_FILTERS, range: '1h', q: 'a&b=c', status: 'denied' }, 'csv', now());
    const { pathname, searchParams } = new URL(address, 'http://console');
    expect(pathname).toBe('/api/audit/calls/export');
    expect(Object.fromEntries(searchParams)).toEqual({
      format: 'csv',
      from: '2026-11-22T11:00:00.000Z',
      q: 'a&b=c',
      status: 'denied',
    });
  });
});
