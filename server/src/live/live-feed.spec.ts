import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Principal } from '../auth/index.js';
import { EventOutlet, InProcessEventBus, Lifecycle } from '../platform/index.js';
import { LiveFeed } from './live-feed.js';
import type { LiveSurroundings } from './live-surroundings.js';

const person = (userId: string, credentialId = 's1'): Principal => ({
  userId,
  email: `${userId}@example.org`,
  displayName: userId,
  groupIds: new Set(),
  permissions: new Set(),
  credential: { kind: 'session', id: credentialId, name: userId },
  serviceIds: null,
});

/** As much of a response as the outlet uses; what is written stays unsent when `stuck`. */
class Wire extends EventEmitter {
  text = '';
  destroyed = false;
  writableEnded = false;
  stuck = false;

  get writableLength(): number {
    return this.stuck ? this.text.length : 0;
  }

  writeHead(): void {}

  write(text: string): void {
    this.text += text;
  }

  end(): void {
    this.writableEnded = true;
    this.emit('close');
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

describe('the live feed', () => {
  const surroundings = {
    visibleTo: () => new Set(['mine']),
    isVisible: (_: Principal, serviceId: string) => serviceId === 'mine',
    healthOf: (serviceId: string) => ({ serviceId, state: 'ready', since: '', checkedAt: '' }),
    renewed: (reader: Principal) => reader,
  } as unknown as LiveSurroundings;
  let bus: InProcessEventBus;
  let lifecycle: Lifecycle;
  let feed: LiveFeed;

  beforeEach(() => {
    bus = new InProcessEventBus();
    lifecycle = new Lifecycle();
    feed = new LiveFeed(bus, surroundings, lifecycle);
    feed.onModuleInit();
  });

  afterEach(() => feed.onModuleDestroy());

  const listen = (who: Principal): Wire => {
    const wire = new Wire();
    feed.open(who, new EventOutlet(wire as unknown as ServerResponse));
    return wire;
  };
  const down = (serviceId: string) =>
    bus.publish('service.health', { serviceId, state: 'down', since: '', checkedAt: '' });

  it('begins with the health of what the reader may see, then tells what happens', () => {
    const wire = listen(person('li'));
    expect(wire.text).toMatch(/^retry: \d+\n\nevent: service.health\ndata: \{"serviceId":"mine","state":"ready"/);
    down('mine');
    down('other');
    expect(wire.text.match(/"state":"down"/g)).toHaveLength(1);
  });

  it('drops a reader who does not read, and nobody else', () => {
    const slow = listen(person('slow'));
    const brisk = listen(person('brisk'));
    slow.stuck = true;
    slow.text = 'x'.repeat(1024 * 1024);
    down('mine');
    expect(slow.destroyed).toBe(true);
    expect(feed.size).toBe(1);
    down('mine');
    expect(brisk.text.match(/"state":"down"/g)).toHaveLength(2);
  });

  it('ends a stream with the session that opened it', () => {
    const one = listen(person('li', 's1'));
    const two = listen(person('li', 's2'));
    bus.publish('credential.revoked', { kind: 'session', id: 's1' });
    expect([one.writableEnded, two.writableEnded]).toEqual([true, false]);
    bus.publish('credential.revoked', { kind: 'session', userId: 'li', exceptId: 's2' });
    expect(two.writableEnded).toBe(false);
    bus.publish('credential.revoked', { kind: 'session', userId: 'li' });
    expect(two.writableEnded).toBe(true);
  });

  it('lets one person have twenty streams', () => {
    for (let index = 0; index < 20; index += 1) listen(person('li'));
    expect(() => listen(person('li'))).toThrow(expect.objectContaining({ code: 'rate_limited' }));
    expect(listen(person('mo')).writableEnded).toBe(false);
  });

  it('ends all streams when the process is about to stop', () => {
    const wire = listen(person('li'));
    lifecycle.drain();
    expect(wire.writableEnded).toBe(true);
    expect(feed.size).toBe(0);
  });
});
