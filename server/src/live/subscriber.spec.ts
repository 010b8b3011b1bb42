import type { Permission, ServerEvents } from '@gatehouse/contracts';
import type { Principal } from '../auth/index.js';
import { Subscriber, type Surroundings } from './subscriber.js';

const li: Principal = {
  userId: 'li',
  email: 'li@example.org',
  displayName: 'Li',
  groupIds: new Set(),
  permissions: new Set(),
  credential: { kind: 'session', id: 's1', name: 'li' },
  serviceIds: null,
};

/** A small world whose rights a test changes while somebody listens. */
class World implements Surroundings {
  visible = new Set<string>();
  permissions: readonly Permission[] = [];
  isHere = true;

  visibleTo = (): ReadonlySet<string> => new Set(this.visible);
  isVisible = (_: Principal, serviceId: string): boolean => this.visible.has(serviceId);
  healthOf = (serviceId: string) => ({ serviceId, state: 'ready' as const, since: '', checkedAt: '' });
  renewed = (reader: Principal): Principal | undefined =>
    this.isHere ? { ...reader, permissions: new Set(this.permissions) } : undefined;
}

class Told {
  readonly events: [string, unknown][] = [];
  ended = false;

  send<T extends keyof ServerEvents>(type: T, data: ServerEvents[T]): void {
    this.events.push([type, data]);
  }

  end(): void {
    this.ended = true;
  }
}

describe('a reader of the live events', () => {
  let world: World;
  let told: Told;
  let reader: Subscriber;

  beforeEach(() => {
    world = new World();
    world.visible.add('mine');
    told = new Told();
    reader = new Subscriber(li, told, world);
    told.events.splice(1);
  });

  const since = (): [string, unknown][] => told.events.slice(1);
  const health = (serviceId: string) => reader.health({ serviceId, state: 'down', since: '', checkedAt: '' });

  it('first hears how each service is that they may see', () => {
    expect(told.events).toMatchObject([['service.health', { serviceId: 'mine', state: 'ready' }]]);
  });

  it('hears of their own services and of no other', () => {
    health('mine');
    health('other');
    reader.capabilities({ serviceId: 'other' });
    reader.serviceChanged({ serviceId: 'other', change: 'created' });
    expect(since().map(([, data]) => (data as { serviceId: string }).serviceId)).toEqual(['mine']);
  });

  it('hears nothing more of a service from the moment that a grant is taken away', () => {
    world.visible.delete('mine');
    health('mine');
    expect(since()).toEqual([]);
  });

  it('sees a service go away with the grant, and come with it', () => {
    world.visible.delete('mine');
    reader.serviceChanged({ serviceId: 'mine', change: 'updated' });
    world.visible.add('mine');
    reader.serviceChanged({ serviceId: 'mine', change: 'updated' });
    expect(since()).toMatchObject([
      ['service.changed', { change: 'deleted' }],
      ['service.health', { serviceId: 'mine' }],
      ['service.changed', { change: 'created' }],
    ]);
  });

  it('is told that a service was deleted only when they knew it', () => {
    reader.serviceChanged({ serviceId: 'other', change: 'deleted' });
    expect(since()).toEqual([]);
    reader.serviceChanged({ serviceId: 'mine', change: 'deleted' });
    expect(since()).toEqual([['service.changed', { serviceId: 'mine', change: 'deleted' }]]);
  });

  it('learns what came and went when they change groups', () => {
    world.visible = new Set(['theirs']);
    reader.rightsChanged();
    expect(since()).toContainEqual(['service.changed', { serviceId: 'mine', change: 'deleted' }]);
    expect(since()).toContainEqual(['service.changed', { serviceId: 'theirs', change: 'created' }]);
  });

  it('hears of calls only with the right to read the audit, from the moment they have it', () => {
    const call = { callId: 'c', serviceId: 'mine', tool: 't', status: 'success' } as const;
    reader.callFinished(call);
    expect(since()).toEqual([]);
    world.permissions = ['audit:read'];
    reader.callFinished(call);
    expect(since()).toEqual([['call.finished', call]]);
  });

  it('hears of their own jobs, and of everybody’s with the right to manage them', () => {
    const job = { jobId: 'j', status: 'running', progress: null } as const;
    reader.jobChanged({ ...job, ownerId: 'li', credentialId: 'k1' });
    reader.jobChanged({ ...job, ownerId: 'mo', credentialId: 'k2' });
    expect(since()).toEqual([['job.changed', job]]);
    world.permissions = ['jobs:manage'];
    reader.jobChanged({ ...job, ownerId: 'mo', credentialId: 'k2' });
    expect(since()).toHaveLength(2);
  });

  it('hears nothing and is shown out when the account is switched off', () => {
    world.isHere = false;
    health('mine');
    expect(since()).toEqual([]);
    expect(told.ended).toBe(true);
  });
});
