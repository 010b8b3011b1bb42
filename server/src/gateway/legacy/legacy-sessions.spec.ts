import { jest } from '@jest/globals';
import { Server, type Transport } from '@modelcontextprotocol/server';
import type { Principal } from '../../auth/index.js';
import { Clock } from '../../platform/index.js';
import type { McpCaller } from '../caller.js';
import type { ListWatch } from '../list-watch.js';
import type { McpSurface } from '../surface/mcp-surface.js';
import type { ResourceWatching } from '../surface/resource-watching.js';
import type { SessionWire } from './legacy-session.js';
import { LegacySessions } from './legacy-sessions.js';

class Wire implements SessionWire {
  onclose?: () => void;
  onmessage?: Transport['onmessage'];
  isInUse = false;
  closed = false;

  constructor(readonly sessionId: string) {}

  start = () => Promise.resolve();
  send = () => Promise.resolve();
  close = () => {
    this.closed = true;
    this.onclose?.();
    return Promise.resolve();
  };
}
class OtherWire extends Wire {
  readonly kind = 'other';
}

const caller = {
  principal: { userId: 'ann', credential: { kind: 'api-key', id: 'k', name: 'k' } } as Principal,
  catalogue: { key: '' },
} as McpCaller;

describe('legacy sessions', () => {
  let sessions: LegacySessions;

  beforeEach(() => {
    jest.useFakeTimers();
    const capabilities = { logging: {}, resources: { subscribe: true } };
    const surface = { serverFor: () => new Server({ name: 'spec', version: '1' }, { capabilities }) };
    sessions = new LegacySessions(
      surface as unknown as McpSurface,
      {} as ListWatch,
      {} as ResourceWatching,
      new Clock(),
    );
  });

  afterEach(() => {
    sessions.close();
    jest.useRealTimers();
  });

  it('end by themselves when nobody used them for long, unless somebody still listens', async () => {
    const [forgotten, listening] = [new Wire('a'), new Wire('b')];
    for (const wire of [forgotten, listening]) await sessions.open(caller, wire);
    listening.isInUse = true;
    jest.advanceTimersByTime(29 * 60_000);
    expect(forgotten.closed).toBe(false);
    jest.advanceTimersByTime(3 * 60_000);
    expect([forgotten.closed, listening.closed]).toEqual([true, false]);
  });

  it('are found by their own kind of wire only', async () => {
    await sessions.open(caller, new OtherWire('other'));
    await sessions.open(caller, new Wire('plain'));
    expect(sessions.find(OtherWire, 'other', caller)).toBeDefined();
    expect(sessions.find(OtherWire, 'plain', caller)).toBeUndefined();
  });
});
