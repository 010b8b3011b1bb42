import { Server } from '@modelcontextprotocol/server';
import type { Principal } from '../../auth/index.js';
import { LegacyPeer } from './legacy-peer.js';
import type { LegacySession } from './legacy-session.js';
import { ReplayBudget } from './replay-budget.js';
import { SessionRegistry } from './session-registry.js';
import { SessionTransport } from './session-transport.js';
import { StreamShelf } from './stream-shelf.js';

const principal = (userId: string, keyId = 'key'): Principal => ({
  userId,
  email: `${userId}@example.org`,
  displayName: userId,
  groupIds: new Set(),
  permissions: new Set(),
  credential: { kind: 'api-key', id: keyId, name: keyId },
  serviceIds: null,
});

describe('the registry of legacy sessions', () => {
  let now = 0;
  const registry = (bounds: Partial<{ total: number; perUser: number; idleMs: number }>) =>
    new SessionRegistry(() => now, { total: 10, perUser: 10, idleMs: 1_000, ...bounds });

  const open = async (sessions: SessionRegistry, id: string, owner: Principal): Promise<LegacySession> => {
    const server = new Server({ name: 'spec', version: '1' }, { capabilities: {} });
    const session = {
      id,
      principal: owner,
      endpoint: '',
      server,
      peer: new LegacyPeer(server),
      transport: new SessionTransport(
        id,
        new StreamShelf(new ReplayBudget({ events: 10, bytes: 1_000 }), { graceMs: 1_000, streamAfterMs: 1_000 }),
      ),
      lastUsedMs: now,
    };
    await session.server.connect(session.transport);
    sessions.add(session);
    return session;
  };

  beforeEach(() => (now = 0));

  it('knows a session for the credential that opened it only', async () => {
    const sessions = registry({});
    const session = await open(sessions, 's', principal('ann'));
    expect(sessions.find('s', principal('ann'), 's/files')).toBeUndefined();
    expect(sessions.find('s', principal('ann'), '')).toBe(session);
    expect(sessions.find('s', principal('ben'), '')).toBeUndefined();
    expect(sessions.find('s', principal('ann', 'another key'), '')).toBeUndefined();
    expect(sessions.find('t', principal('ann'), '')).toBeUndefined();
  });

  it('ends what nobody used for long, not what was used since', async () => {
    const sessions = registry({ idleMs: 1_000 });
    let ended = false;
    (await open(sessions, 'forgotten', principal('ann'))).server.onclose = () => (ended = true);
    await open(sessions, 'used', principal('ann'));
    now = 900;
    sessions.find('used', principal('ann'), '');
    now = 1_500;
    expect(sessions.find('forgotten', principal('ann'), '')).toBeUndefined();
    expect(sessions.find('used', principal('ann'), '')).toBeDefined();
    expect(ended).toBe(true);
  });

  it('makes room by ending the caller’s own session that was unused for longest', async () => {
    const sessions = registry({ perUser: 2 });
    await open(sessions, 'other', principal('ben'));
    for (const id of ['first', 'second']) await open(sessions, id, principal('ann'));
    sessions.find('first', principal('ann'), '');
    await open(sessions, 'third', principal('ann'));
    expect(['first', 'second', 'third'].map((id) => sessions.find(id, principal('ann'), '')?.id)).toEqual([
      'first',
      undefined,
      'third',
    ]);
    expect(sessions.find('other', principal('ben'), '')).toBeDefined();
  });

  it('never holds more than it may in all', async () => {
    const sessions = registry({ total: 3 });
    for (let each = 0; each < 20; each += 1) await open(sessions, `s${each}`, principal(`user${each}`));
    expect(sessions.size).toBe(3);
  });
});
