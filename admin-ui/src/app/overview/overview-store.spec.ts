import { signal } from '@angular/core';
import { auditApi, servicesApi, type Service } from '@gatehouse/api-client';
import type { HealthState, ServiceHealthEvent } from '@gatehouse/contracts';
import { FakeServer } from '../../testing/fake-server';
import { OverviewStore } from './overview-store';

const moment = '2026-11-22T12:00:00Z';
const service = (id: string, state: HealthState) =>
  ({ id, health: { state, since: moment, checkedAt: moment } }) as Service;
const held = [{ serviceSlug: 'b', serviceName: 'B', tools: 2 }];
const checklist = { service: true, test: true, group: false, grant: false, client: false };

async function loaded(...services: Service[]) {
  const live = signal<ReadonlyMap<string, ServiceHealthEvent>>(new Map());
  const server = new FakeServer({
    'GET /api/overview': () => ({ checklist, held }),
    'GET /api/mcp/services': () => ({ items: services, nextCursor: null }),
  });
  const store = new OverviewStore(auditApi(server.http), servicesApi(server.http), live);
  await store.load();
  return { store, live };
}

const concerns = (store: OverviewStore) => store.concerns().map((concern) => concern.service.id);

describe('the overview', () => {
  it('lists what needs somebody, the most urgent first', async () => {
    const { store } = await loaded(
      service('fine', 'ready'),
      service('slow', 'degraded'),
      service('off', 'disabled'),
      service('locked', 'unauthorised'),
      service('dead', 'down'),
    );
    expect(concerns(store)).toEqual(['locked', 'dead', 'slow']);
  });

  it('follows what is heard live', async () => {
    const { store, live } = await loaded(service('a', 'ready'));
    live.set(new Map([['a', { serviceId: 'a', state: 'down', since: moment, checkedAt: moment }]]));
    expect(concerns(store)).toEqual(['a']);
    live.set(new Map([['a', { serviceId: 'a', state: 'ready', since: moment, checkedAt: moment }]]));
    expect(concerns(store)).toEqual([]);
  });

  it('calls services with held tools as people call them, where that is known', async () => {
    const displayName = { zh: '文档' };
    const { store } = await loaded(service('a', 'ready'), { ...service('b', 'ready'), slug: 'b', displayName });
    expect(store.held()).toEqual([{ slug: 'b', name: 'B', displayName, tools: 2 }]);
    expect((await loaded()).store.held()).toEqual([{ slug: 'b', name: 'B', displayName: {}, tools: 2 }]);
  });

  it('counts the steps that are done', async () => {
    const { store } = await loaded();
    expect([store.stepsDone(), store.starting()]).toEqual([2, true]);
  });
});
