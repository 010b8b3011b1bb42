import { signal } from '@angular/core';
import { servicesApi, type Service } from '@gatehouse/api-client';
import type { ServiceHealthEvent } from '@gatehouse/contracts';
import { FakeServer, Refusal } from '../../../testing/fake-server';
import { NO_FILTERS } from './service-filters';
import { ServiceListStore } from './service-list-store';

const moment = '2026-01-01T10:00:00.000Z';
const service = (id: string, change: Partial<Service> = {}): Service =>
  ({
    id,
    tags: [],
    category: null,
    enabled: true,
    version: 1,
    health: { state: 'ready', since: moment, checkedAt: moment },
    can: { edit: true, delete: true, test: true, call: true },
    ...change,
  }) as Service;

async function loaded(services: Service[], routes: ConstructorParameters<typeof FakeServer>[0] = {}) {
  const heard = signal<ReadonlyMap<string, ServiceHealthEvent>>(new Map());
  const server = new FakeServer({ 'GET /api/mcp/services': () => ({ items: services, nextCursor: null }), ...routes });
  const store = new ServiceListStore(servicesApi(server.http), heard);
  await store.load(NO_FILTERS);
  return { store, heard, server };
}

describe('the list of services', () => {
  it('asks the server with the filters that are set, and no others', async () => {
    const { store, server } = await loaded([]);
    await store.load({ ...NO_FILTERS, q: 'wetter', state: 'down' });
    expect(server.asked.at(-1)).toBe('GET /api/mcp/services?q=wetter&state=down&limit=100');
  });

  it('shows a state that was heard without reading again', async () => {
    const { store, heard, server } = await loaded([service('a')]);
    heard.set(new Map([['a', { serviceId: 'a', state: 'down', since: moment, checkedAt: moment }]]));
    expect(store.rows()[0]?.health.state).toBe('down');
    expect(server.asked).toHaveLength(1);
  });

  it('keeps offering the tags of services that a filter hides', async () => {
    const all = [service('a', { tags: ['x'], category: 'Weather' }), service('b', { tags: ['y'] })];
    const { store } = await loaded(all, {
      'GET /api/mcp/services': ({ query }) => ({ items: query.has('tag') ? [all[1]] : all, nextCursor: null }),
    });
    expect(store.tags()).toEqual(['x', 'y']);
    await store.load({ ...NO_FILTERS, tag: 'y' });
    expect(store.tags()).toEqual(['x', 'y']);
    expect(store.categories()).toEqual(['Weather']);
  });

  it('adds a tag to the selected services that lack it, and says how many were refused', async () => {
    const { store, server } = await loaded([service('a'), service('b', { tags: ['new'] }), service('c')], {
      'PUT /api/mcp/services/a': ({ body }) => service('a', body as Partial<Service>),
      'PUT /api/mcp/services/c': () => new Refusal(412, 'stale_version'),
    });
    store.selectAll(true);
    const { done, failed, error } = await store.tagSelected('new');
    expect([done, failed, error?.code]).toEqual([2, 1, 'stale_version']);
    expect(store.rows()[0]?.tags).toEqual(['new']);
    expect(server.asked).not.toContain('PUT /api/mcp/services/b');
  });

  it('leaves services alone that this person may not edit', async () => {
    const locked = service('a', { can: { edit: false, delete: false, test: false, call: true } });
    const { store, server } = await loaded([locked]);
    store.selectAll(true);
    expect((await store.enableSelected(false)).done).toBe(0);
    expect(server.asked).toHaveLength(1);
  });

  it('takes a deleted service out of list and selection', async () => {
    const { store } = await loaded([service('a')], { 'DELETE /api/mcp/services/a': () => undefined });
    store.selectAll(true);
    await store.remove(service('a'));
    expect([store.rows(), store.selected().size]).toEqual([[], 0]);
  });
});
