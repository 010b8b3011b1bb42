import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { waitFor, type ApiCaller } from '@gatehouse/testing';
import { newDatabase } from '../../spec/auth-app.js';
import { startServicesApp, type ServicesApp } from '../../spec/services-app.js';
import { AccountDirectory } from '../auth/index.js';
import { CallJournal } from '../audit/index.js';
import { EventBus } from '../platform/index.js';
import type { Service } from '../services/index.js';
import { LimitBook, LimitGate, LimitsModule } from './index.js';
import type { EffectiveLimits, Limit, LimitBucket, LimitDefaults, OwnLimits } from './routes/limit.dto.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: { code: string } }).error.code;

const numberOf = (bucket: LimitBucket | undefined, name: string) =>
  bucket?.settings.find((setting) => setting.name === name);

describe('rules for limits', () => {
  let running: ServicesApp;
  let owner: ApiCaller;
  let alice: { id: string; caller: ApiCaller };
  let serviceId: string;
  let names = 0;

  const newService = async (): Promise<string> => {
    const name = `service ${(names += 1)}`;
    const draft = { name, type: 'http', url: 'http://127.0.0.1:9/mcp' };
    return (await owner.call<Service>('POST', '/api/mcp/services', draft)).id;
  };
  const make = (subject: object, numbers: object): Promise<Limit> =>
    owner.call<Limit>('POST', '/api/mcp/limits', { subject, ...numbers });
  const list = async (): Promise<Limit[]> =>
    (await owner.call<{ items: Limit[] }>('GET', '/api/mcp/limits?limit=200')).items;
  const effective = (query: Record<string, string>, language = 'en'): Promise<Response> =>
    owner.fetch('GET', `/api/mcp/limits/effective?${new URLSearchParams(query).toString()}`, undefined, {
      'accept-language': language,
    });
  const lastOnTrail = async (): Promise<{ action: string; target: { kind: string; name: string } }> => {
    const { items } = await owner.call<{ items: { action: string; target: { kind: string; name: string } }[] }>(
      'GET',
      '/api/audit/events?limit=1',
    );
    if (!items[0]) throw new Error('nothing on the trail');
    return items[0];
  };
  const removed = (action: () => Promise<unknown>): Promise<unknown> => {
    const told = new Promise<void>((resolve) => {
      const stop = running.app.get(EventBus).subscribe('limits.changed', () => {
        stop();
        resolve();
      });
    });
    return Promise.all([told, action()]);
  };

  beforeAll(async () => {
    running = await startServicesApp({ modules: [LimitsModule] });
    owner = await running.owner();
    alice = await running.person(owner, 'alice@example.org');
    serviceId = await newService();
  });

  afterAll(() => running.close());

  afterEach(async () => {
    for (const { id } of await list()) await owner.call('DELETE', `/api/mcp/limits/${id}`);
  });

  it('are made, listed, changed and removed, each on the trail in its transaction', async () => {
    const made = await make({ kind: 'user', id: alice.id }, { ratePerMinute: 30 });
    expect(made).toMatchObject({
      subject: { kind: 'user', id: alice.id, tool: null, name: 'alice@example.org' },
      ratePerMinute: 30,
      concurrency: null,
      createdBy: 'owner@example.org',
      version: 1,
    });
    expect(await lastOnTrail()).toMatchObject({
      action: 'limit.create',
      target: { kind: 'limit', name: 'user alice@example.org' },
    });
    const change = { version: 1, ratePerMinute: null, dailyQuota: 9 };
    const changed = await owner.call<Limit>('PUT', `/api/mcp/limits/${made.id}`, change);
    expect(changed).toMatchObject({ ratePerMinute: null, dailyQuota: 9, version: 2 });
    expect(await list()).toEqual([changed]);
    expect(await lastOnTrail()).toMatchObject({ action: 'limit.update' });
    await owner.call('DELETE', `/api/mcp/limits/${made.id}`);
    expect(await list()).toEqual([]);
    expect(await lastOnTrail()).toMatchObject({ action: 'limit.delete', target: { name: 'user alice@example.org' } });
  });

  it('come by kind, and in pages', async () => {
    await make({ kind: 'tool', id: serviceId, tool: 'echo' }, { concurrency: 1 });
    await make({ kind: 'service', id: serviceId }, { concurrency: 2 });
    await make({ kind: 'everyone' }, { dailyQuota: 100 });
    const kinds = (items: Limit[]) => items.map(({ subject }) => subject.kind);
    expect(kinds(await list())).toEqual(['everyone', 'service', 'tool']);
    const first = await owner.call<{ items: Limit[]; nextCursor: string }>('GET', '/api/mcp/limits?limit=2');
    const rest = await owner.call<{ items: Limit[] }>('GET', `/api/mcp/limits?limit=2&cursor=${first.nextCursor}`);
    expect([...kinds(first.items), ...kinds(rest.items)]).toEqual(['everyone', 'service', 'tool']);
    const services = await owner.call<{ items: Limit[] }>('GET', '/api/mcp/limits?kind=service');
    expect(kinds(services.items)).toEqual(['service']);
  });

  it('are one for each subject, also when four make it at once', async () => {
    const draft = { subject: { kind: 'everyone' }, concurrency: 3 };
    const answers = await Promise.all(Array.from({ length: 4 }, () => owner.fetch('POST', '/api/mcp/limits', draft)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it.each<[string, object, string]>([
    ['nothing set', { subject: { kind: 'everyone' } }, 'validation_failed'],
    ['a negative rate', { subject: { kind: 'everyone' }, ratePerMinute: -1 }, 'validation_failed'],
    ['a rate above the ceiling', { subject: { kind: 'everyone' }, ratePerMinute: 1_000_001 }, 'validation_failed'],
    ['no place at all', { subject: { kind: 'everyone' }, concurrency: 0 }, 'validation_failed'],
    ['half a place', { subject: { kind: 'everyone' }, concurrency: 1.5 }, 'validation_failed'],
    ['places as text', { subject: { kind: 'everyone' }, concurrency: '3' }, 'validation_failed'],
    ['an id for everyone', { subject: { kind: 'everyone', id: NOBODY }, queue: 1 }, 'validation_failed'],
    ['a user who does not exist', { subject: { kind: 'user', id: NOBODY }, queue: 1 }, 'validation_failed'],
    ['a key that does not exist', { subject: { kind: 'key', id: NOBODY }, queue: 1 }, 'validation_failed'],
    ['a tool without its name', { subject: { kind: 'tool', id: NOBODY }, queue: 1 }, 'validation_failed'],
    ['a tool of a user', { subject: { kind: 'user', id: NOBODY, tool: 'echo' }, queue: 1 }, 'validation_failed'],
    ['an unknown field', { subject: { kind: 'everyone' }, queue: 1, createdBy: 'x' }, 'validation_failed'],
  ])('are refused with %s', async (_, draft, code) => {
    const response = await owner.fetch('POST', '/api/mcp/limits', draft);
    expect([response.status, await codeOf(response)]).toEqual([400, code]);
  });

  it('are taken at the edges of what they may say', async () => {
    await make({ kind: 'everyone' }, { ratePerMinute: 1_000_000, concurrency: 1_000, queue: 10_000, dailyQuota: 0 });
    await make(
      { kind: 'user', id: alice.id },
      { ratePerMinute: 0, concurrency: 1, queue: 0, dailyQuota: 1_000_000_000 },
    );
    expect(await list()).toHaveLength(2);
  });

  it('are changed by nobody who saw another version, and never to nothing', async () => {
    const { id } = await make({ kind: 'everyone' }, { concurrency: 3 });
    const stale = await owner.fetch('PUT', `/api/mcp/limits/${id}`, { version: 2, concurrency: 4 });
    expect([stale.status, await codeOf(stale)]).toEqual([412, 'stale_version']);
    const empty = await owner.fetch('PUT', `/api/mcp/limits/${id}`, { version: 1, concurrency: null });
    expect([empty.status, await codeOf(empty)]).toEqual([400, 'validation_failed']);
    expect(await list()).toMatchObject([{ concurrency: 3, version: 1 }]);
  });

  it('are for administrators; a key for some services alone changes none', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/defaults'],
      ['POST', ''],
    ] as const) {
      const body = method === 'POST' ? { subject: { kind: 'everyone' }, queue: 1 } : undefined;
      expect((await alice.caller.fetch(method, `/api/mcp/limits${path}`, body)).status).toBe(403);
    }
    const { caller } = await owner.withApiKey({
      name: 'narrow',
      scopes: ['limits:read', 'limits:write'],
      serviceIds: [serviceId],
    });
    const response = await caller.fetch('POST', '/api/mcp/limits', { subject: { kind: 'everyone' }, queue: 1 });
    expect(await codeOf(response)).toBe('privilege_escalation');
  });

  it('show the rules of services to a key only for its own', async () => {
    const other = await newService();
    await make({ kind: 'service', id: serviceId }, { concurrency: 2 });
    await make({ kind: 'tool', id: other, tool: 'echo' }, { concurrency: 2 });
    const { caller } = await owner.withApiKey({ name: 'reads', scopes: ['limits:read'], serviceIds: [serviceId] });
    const { items } = await caller.call<{ items: Limit[] }>('GET', '/api/mcp/limits');
    expect(items.map(({ subject }) => subject.id)).toEqual([serviceId]);
  });

  it('go with the service, the group, the key or the user that they are for', async () => {
    const gone = await newService();
    const group = await owner.call<{ id: string }>('POST', '/api/groups', { name: 'limited' });
    const bob = await running.person(owner, 'bob@example.org');
    const { id: keyId } = await bob.caller.call<{ id: string }>('POST', '/api/auth/api-keys', { name: 'of bob' });
    const { id: ownKey } = await owner.call<{ id: string }>('POST', '/api/auth/api-keys', { name: 'own' });
    await make({ kind: 'service', id: gone }, { concurrency: 1 });
    await make({ kind: 'tool', id: gone, tool: 'echo' }, { concurrency: 1 });
    await make({ kind: 'group', id: group.id }, { concurrency: 1 });
    await make({ kind: 'user', id: bob.id }, { concurrency: 1 });
    await make({ kind: 'key', id: keyId }, { concurrency: 1 });
    await make({ kind: 'key', id: ownKey }, { concurrency: 1 });
    await removed(() => owner.call('DELETE', `/api/mcp/services/${gone}`));
    await removed(() => owner.call('DELETE', `/api/groups/${group.id}`));
    await removed(() => owner.call('DELETE', `/api/auth/api-keys/${ownKey}`));
    expect((await list()).map(({ subject }) => subject.kind)).toEqual(['user', 'key']);
    await owner.call('DELETE', `/api/users/${bob.id}`);
    await waitFor('both to be gone', async () => (await list()).length === 0);
  });

  it('explain which of them each number of somebody comes from, in both languages', async () => {
    const group = await owner.call<{ id: string }>('POST', '/api/groups', { name: 'crew' });
    await owner.call('POST', `/api/groups/${group.id}/members`, { userId: alice.id });
    const rule = await make({ kind: 'group', id: group.id }, { concurrency: 3 });
    await make({ kind: 'tool', id: serviceId, tool: 'echo' }, { ratePerMinute: 5 });
    const query = { user: 'alice@example.org', service: serviceId, tool: 'echo' };
    const found = (await (await effective(query)).json()) as EffectiveLimits;
    expect(found.buckets.map(({ kind }) => kind)).toEqual(['user', 'tool', 'service']);
    expect(numberOf(found.buckets[0], 'concurrency')).toEqual({
      name: 'concurrency',
      value: 3,
      source: 'rule',
      ruleId: rule.id,
      explanation: 'The rule for the group crew.',
    });
    expect(numberOf(found.buckets[0], 'ratePerMinute')).toMatchObject({ value: 600, source: 'configuration' });
    expect(found.tightest.map(({ name, value }) => [name, value])).toEqual([
      ['ratePerMinute', 5],
      ['concurrency', 3],
      ['queue', 100],
      ['dailyQuota', null],
    ]);
    const chinese = (await (await effective(query, 'zh')).json()) as EffectiveLimits;
    expect(numberOf(chinese.buckets[0], 'concurrency')?.explanation).toBe('来自用户组 crew 的规则。');
    expect((await effective({ ...query, user: 'nobody@example.org' })).status).toBe(404);
    expect((await effective({ ...query, key: NOBODY })).status).toBe(404);
    await removed(() => owner.call('DELETE', `/api/groups/${group.id}`));
  });

  it('leave the defaults to be read', async () => {
    const { caller, service } = await owner.call<LimitDefaults>('GET', '/api/mcp/limits/defaults');
    expect([caller, service].map((settings) => settings.map(({ value }) => value))).toEqual([
      [600, 10, 100, null],
      [null, 32, 500, null],
    ]);
  });

  it('tell everybody where they stand', async () => {
    await make({ kind: 'user', id: alice.id }, { dailyQuota: 5 });
    const principal = running.app.get(AccountDirectory).principalOf(alice.id);
    if (!principal) throw new Error('alice is gone');
    const pass = await running.app.get(LimitGate).enter({ principal, serviceId, tool: 'echo' });
    const { buckets } = await alice.caller.call<OwnLimits>('GET', '/api/mcp/limits/mine');
    expect(buckets).toMatchObject([
      { kind: 'user', name: 'alice@example.org', day: { used: 1, remaining: 4 }, inside: 1, waiting: 0 },
    ]);
    pass.leave();
  });
});

describe('a daily quota', () => {
  it('survives a restart, and counts from midnight also when its rule is made later', async () => {
    const database = await newDatabase();
    const first = await startServicesApp({ database, modules: [LimitsModule] });
    const owner = await first.owner();
    const ann = await first.person(owner, 'ann@example.org');
    const service = { id: randomUUID(), name: 'weather' };

    const call = async ({ app }: ServicesApp): Promise<string> => {
      const principal = app.get(AccountDirectory).principalOf(ann.id);
      if (!principal) throw new Error('ann is gone');
      try {
        const pass = await app.get(LimitGate).enter({ principal, serviceId: service.id, tool: 'echo' });
        const journal = app.get(CallJournal);
        const id = await journal.begin({ door: 'rest', principal, service, tool: 'echo', arguments: {} });
        pass.leave();
        await journal.finish(id, { status: 'success', durationMs: 1 });
        return 'in';
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      }
    };

    expect(await call(first)).toBe('in');
    await owner.call('POST', '/api/mcp/limits', { subject: { kind: 'user', id: ann.id }, dailyQuota: 3 });
    expect(await call(first)).toBe('in');
    await first.close();

    const second = await startServicesApp({ database, modules: [LimitsModule] });
    expect(second.app.get(LimitBook).all()).toHaveLength(1);
    expect([await call(second), await call(second)]).toEqual(['in', 'quota_exhausted']);
    expect(await second.app.get(DataSource).query('SELECT COUNT(*) AS n FROM limit_rule')).toMatchObject([{}]);
    await second.close();
    await database.drop();
  });
});
