import { ApiError, type Service, type ServiceChange, type ServicesApi } from '@gatehouse/api-client';
import { EditStore } from './edit-store';

const stored = (change: Partial<Service> = {}): Service =>
  ({
    id: 's1',
    slug: 'weather',
    name: 'Weather',
    displayName: {},
    description: {},
    category: null,
    tags: [],
    type: 'http',
    url: 'https://weather.example/mcp',
    config: { connect: 'on-demand', headers: {} },
    auth: { credentials: [] },
    version: 1,
    ...change,
  }) as Service;

/** A server that holds one service and refuses changes of another version than its own. */
function server(service: Service) {
  const sent: ServiceChange[] = [];
  let current = service;
  const api = {
    get: async () => current,
    change: async (_id: string, change: ServiceChange) => {
      sent.push(change);
      if (change.version !== current.version) throw new ApiError({ code: 'stale_version', message: 'm' }, 412);
      return (current = { ...current, ...(change as Partial<Service>), version: current.version + 1 });
    },
  } as unknown as ServicesApi;
  return { api, sent, become: (other: Service) => (current = other) };
}

describe('editing a service', () => {
  it('sends nothing while a field is wrong, and points it out', async () => {
    const { api, sent } = server(stored());
    const store = new EditStore(api, stored());
    store.values.update((values) => ({ ...values, url: 'nowhere' }));
    expect(await store.save()).toBeUndefined();
    expect(store.strict()).toBe(true);
    expect(sent).toEqual([]);
  });

  it('is clean again after saving', async () => {
    const store = new EditStore(server(stored()).api, stored());
    store.values.update((values) => ({ ...values, tags: ['new'] }));
    expect(store.dirty()).toBe(true);
    expect((await store.save())?.version).toBe(2);
    expect(store.dirty()).toBe(false);
  });

  it('keeps what was entered and says what changed when somebody else saved first', async () => {
    const { api, become } = server(stored());
    const store = new EditStore(api, stored());
    store.values.update((values) => ({ ...values, name: 'Mine' }));
    become(stored({ category: 'theirs', version: 2 }));
    expect(await store.save()).toBeUndefined();
    expect(store.conflict()?.fields).toEqual(['category']);
    expect(store.values().name).toBe('Mine');
    expect(store.deed.error()).toBeUndefined();
  });

  it('saves over the other change only when told to', async () => {
    const { api, become } = server(stored());
    const store = new EditStore(api, stored());
    store.values.update((values) => ({ ...values, name: 'Mine' }));
    become(stored({ category: 'theirs', version: 2 }));
    await store.save();
    expect((await store.overwrite())?.name).toBe('Mine');
    expect(store.conflict()).toBeUndefined();
  });

  it('takes the other change on request', async () => {
    const { api, become } = server(stored());
    const store = new EditStore(api, stored());
    store.values.update((values) => ({ ...values, name: 'Mine' }));
    become(stored({ name: 'Theirs', version: 2 }));
    await store.save();
    store.takeTheirs();
    expect(store.values().name).toBe('Theirs');
    expect(store.dirty()).toBe(false);
  });
});
