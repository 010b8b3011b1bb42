import type { ApiCaller } from '@gatehouse/testing';
import type { Grant as Rule } from '../../auth/index.js';
import { startServicesApp, type ServicesApp } from '../../../spec/services-app.js';
import { EventBus } from '../../platform/index.js';
import { INSTALLATION } from '../author.js';
import type { Service } from '../service.dto.js';
import type { Explanation } from './explanation.dto.js';
import type { Grant } from './grant.dto.js';
import { ToolPolicies } from './tool-policies.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

type Subject = { kind: 'everyone' } | { kind: 'group' | 'user'; id: string };

describe('access to services', () => {
  let running: ServicesApp;
  let owner: ApiCaller;
  let alice: { id: string; caller: ApiCaller };
  let bob: { id: string; caller: ApiCaller };
  let numbers = 0;

  const service = (fields: object = {}): Promise<Service> =>
    owner.call<Service>('POST', '/api/mcp/services', {
      name: `service ${(numbers += 1)}`,
      type: 'http',
      url: 'http://127.0.0.1:9/mcp',
      ...fields,
    });
  const grant = (
    serviceId: string,
    subject: Subject,
    effect: Rule['effect'] = 'allow',
    tool?: string,
  ): Promise<Grant> => owner.call<Grant>('POST', '/api/mcp/grants', { serviceId, subject, effect, tool });
  const groupWith = async (userId: string): Promise<string> => {
    const { id } = await owner.call<{ id: string }>('POST', '/api/groups', { name: `group ${(numbers += 1)}` });
    await owner.call('POST', `/api/groups/${id}/members`, { userId });
    return id;
  };
  const sees = async (caller: ApiCaller, id: string): Promise<boolean> => {
    const { status } = await caller.fetch('GET', `/api/mcp/services/${id}`);
    const { items } = await caller.call<{ items: Service[] }>('GET', '/api/mcp/services?limit=200');
    expect(items.some((each) => each.id === id)).toBe(status === 200);
    return status === 200;
  };
  const explain = (caller: ApiCaller, query: Record<string, string>, language = 'en'): Promise<Response> =>
    caller.fetch('GET', `/api/mcp/access/explain?${new URLSearchParams(query).toString()}`, undefined, {
      'accept-language': language,
    });
  const explanation = async (query: Record<string, string>, language = 'en'): Promise<Explanation> =>
    (await (await explain(owner, query, language)).json()) as Explanation;
  const codeOf = async (response: Response): Promise<string> =>
    ((await response.json()) as { error: { code: string } }).error.code;

  beforeAll(async () => {
    running = await startServicesApp();
    owner = await running.owner();
    alice = await running.person(owner, 'alice@example.org');
    bob = await running.person(owner, 'bob@example.org');
  });

  afterAll(() => running.close());

  describe('decides who sees a service', () => {
    it('nobody without a grant, and says the same as for one that does not exist', async () => {
      const { id, slug } = await service();
      const bodies = await Promise.all(
        [id, slug, NOBODY, 'no-such-slug'].map(async (each) => {
          const response = await alice.caller.fetch('GET', `/api/mcp/services/${each}`, undefined, {
            'x-request-id': 'same-for-all',
          });
          return [response.status, await response.text()];
        }),
      );
      expect(new Set(bodies.map((each) => JSON.stringify(each))).size).toBe(1);
      expect(bodies[0]?.[0]).toBe(404);
    });

    it('everyone, a group, one person', async () => {
      const [forAll, forGroup, forBob] = await Promise.all([service(), service(), service()]);
      await grant(forAll.id, { kind: 'everyone' });
      await grant(forGroup.id, { kind: 'group', id: await groupWith(alice.id) });
      await grant(forBob.slug, { kind: 'user', id: bob.id });
      expect(await Promise.all([forAll, forGroup, forBob].map(({ id }) => sees(alice.caller, id)))).toEqual([
        true,
        true,
        false,
      ]);
      expect(await Promise.all([forAll, forGroup, forBob].map(({ id }) => sees(bob.caller, id)))).toEqual([
        true,
        false,
        true,
      ]);
    });

    it('who may use one tool of it', async () => {
      const { id } = await service();
      await grant(id, { kind: 'user', id: alice.id }, 'allow', 'echo');
      expect(await sees(alice.caller, id)).toBe(true);
    });

    it('nobody who is denied, however many grants there are', async () => {
      const { id } = await service();
      await grant(id, { kind: 'everyone' });
      await grant(id, { kind: 'user', id: alice.id });
      const denial = await grant(id, { kind: 'user', id: alice.id }, 'deny');
      expect(await sees(alice.caller, id)).toBe(false);
      await owner.call('DELETE', `/api/mcp/grants/${denial.id}`);
      expect(await sees(alice.caller, id)).toBe(true);
    });

    it('shows nobody without services:read how it is reached', async () => {
      const { id } = await service({ config: { headers: { 'X-Team': 'docs' } } });
      await grant(id, { kind: 'everyone' });
      const seen = await alice.caller.call<Service>('GET', `/api/mcp/services/${id}`);
      expect(seen).toMatchObject({ url: null, can: { edit: false, delete: false, test: false, call: true } });
      expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['config']));
      expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['auth']));
      expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['accessControl']));
    });

    it('narrows everybody to what they may use when asked to', async () => {
      const { id } = await service();
      const listed = async (query: string): Promise<boolean> => {
        const { items } = await owner.call<{ items: Service[] }>('GET', `/api/mcp/services?limit=200${query}`);
        return items.some((each) => each.id === id);
      };
      expect([await listed(''), await listed('&usable=true')]).toEqual([true, false]);
      await grant(id, { kind: 'everyone' });
      expect(await listed('&usable=true')).toBe(true);
    });

    it('keeps a key to its own services', async () => {
      const [mine, other] = await Promise.all([service(), service()]);
      for (const { id } of [mine, other]) await grant(id, { kind: 'everyone' });
      const { caller } = await owner.withApiKey({
        name: 'narrow',
        scopes: ['tools:use', 'services:read'],
        serviceIds: [mine.id],
      });
      expect([await sees(caller, mine.id), await sees(caller, other.id)]).toEqual([true, false]);
    });
  });

  describe('keeps grants', () => {
    it('with the names of those they are for', async () => {
      const { id } = await service();
      const made = await grant(id, { kind: 'user', id: alice.id }, 'deny', 'delete_all');
      expect(made).toMatchObject({
        subject: { kind: 'user', id: alice.id, name: 'alice@example.org' },
        tool: 'delete_all',
        effect: 'deny',
        createdBy: 'owner@example.org',
      });
      const query = `serviceId=${id}&subjectKind=user&subjectId=${alice.id}`;
      expect((await owner.call<{ items: Grant[] }>('GET', `/api/mcp/grants?${query}`)).items).toEqual([made]);
      expect(
        (await owner.call<{ items: Grant[] }>('GET', `/api/mcp/grants?serviceId=${id}&subjectKind=group`)).items,
      ).toEqual([]);
    });

    it('in pages, oldest first', async () => {
      const { id } = await service();
      const made = [];
      for (const tool of ['a', 'b', 'c']) made.push((await grant(id, { kind: 'everyone' }, 'allow', tool)).id);
      const first = await owner.call<{ items: Grant[]; nextCursor: string }>(
        'GET',
        `/api/mcp/grants?serviceId=${id}&limit=2`,
      );
      const rest = await owner.call<{ items: Grant[] }>(
        'GET',
        `/api/mcp/grants?serviceId=${id}&cursor=${first.nextCursor}`,
      );
      expect([...first.items, ...rest.items].map((each) => each.id).sort()).toEqual(made.sort());
    });

    it('once only', async () => {
      const { id } = await service();
      await grant(id, { kind: 'everyone' });
      const same = { serviceId: id, subject: { kind: 'everyone' }, effect: 'allow' };
      const answers = await Promise.all(Array.from({ length: 4 }, () => owner.fetch('POST', '/api/mcp/grants', same)));
      expect(await Promise.all(answers.map(codeOf))).toEqual(Array(4).fill('conflict'));
    });

    it.each<[string, object, number, string]>([
      ['for nobody', { subject: { kind: 'user', id: NOBODY }, effect: 'allow' }, 400, 'validation_failed'],
      ['for a user without an id', { subject: { kind: 'user' }, effect: 'allow' }, 400, 'validation_failed'],
      [
        'for everyone with an id',
        { subject: { kind: 'everyone', id: NOBODY }, effect: 'allow' },
        400,
        'validation_failed',
      ],
      ['with an effect of its own', { subject: { kind: 'everyone' }, effect: 'maybe' }, 400, 'validation_failed'],
      [
        'with an author of its own',
        { subject: { kind: 'everyone' }, effect: 'allow', createdBy: 'x' },
        400,
        'validation_failed',
      ],
      [
        'for a service that is not there',
        { subject: { kind: 'everyone' }, effect: 'allow', serviceId: NOBODY },
        404,
        'not_found',
      ],
    ])('but none %s', async (_, draft, status, code) => {
      const { id } = await service();
      const response = await owner.fetch('POST', '/api/mcp/grants', { serviceId: id, ...draft });
      expect([response.status, await codeOf(response)]).toEqual([status, code]);
    });

    it('only by those who may', async () => {
      const { id } = await service();
      const draft = { serviceId: id, subject: { kind: 'user', id: alice.id }, effect: 'allow' };
      expect((await alice.caller.fetch('POST', '/api/mcp/grants', draft)).status).toBe(403);
      expect((await alice.caller.fetch('GET', '/api/mcp/grants')).status).toBe(403);
    });

    it('no longer than the group they are for', async () => {
      const { id } = await service();
      const groupId = await groupWith(alice.id);
      await grant(id, { kind: 'group', id: groupId });
      expect(await sees(alice.caller, id)).toBe(true);
      const told = new Promise<void>((resolve) => {
        running.app.get(EventBus).subscribe('grants.changed', ({ serviceId }) => void (serviceId === id && resolve()));
      });
      await owner.call('DELETE', `/api/groups/${groupId}`);
      expect(await sees(alice.caller, id)).toBe(false);
      await told;
      expect((await owner.call<{ items: Grant[] }>('GET', `/api/mcp/grants?serviceId=${id}`)).items).toEqual([]);
    });
  });

  describe('explains', () => {
    it('a grant, by its id and in a sentence', async () => {
      const { id, name } = await service();
      const { id: ruleId } = await grant(id, { kind: 'everyone' });
      expect(await explanation({ user: 'alice@example.org', service: id, tool: 'echo' })).toEqual({
        allowed: true,
        code: 'granted',
        sentence: `alice@example.org may use the tool echo of ${name}.`,
        chain: [
          { kind: 'grant', id: ruleId, effect: 'allow', text: `A grant lets everyone use the service ${name}.` },
          { kind: 'role', effect: 'allow', text: 'A role contains the permission tools:use.' },
          { kind: 'policy', effect: 'allow', text: 'The person may be asked to confirm a call.' },
        ],
      });
    });

    it('a denial, in Chinese', async () => {
      const { id, slug, name } = await service();
      await grant(id, { kind: 'everyone' });
      const { id: ruleId } = await grant(id, { kind: 'user', id: alice.id }, 'deny', 'drop');
      expect(await explanation({ user: alice.id, service: slug, tool: 'drop' }, 'zh-CN')).toMatchObject({
        allowed: false,
        code: 'denied-by-grant',
        sentence: `alice@example.org 不能使用服务“${name}”的工具 drop：有规则明确拒绝，且拒绝优先于任何授权。`,
        chain: [{ kind: 'grant', id: ruleId, effect: 'deny' }, { kind: 'role' }, { kind: 'policy' }],
      });
    });

    it('that nothing allows it', async () => {
      const { id } = await service();
      expect(await explanation({ user: alice.id, service: id })).toMatchObject({ allowed: false, code: 'no-grant' });
    });

    it('that the service is switched off', async () => {
      const { id } = await service({ enabled: false });
      await grant(id, { kind: 'everyone' });
      const { allowed, code, chain } = await explanation({ user: alice.id, service: id });
      expect([allowed, code, chain[0]?.kind]).toEqual([false, 'service-disabled', 'service']);
    });

    it('to everybody their own access, and others only to those who may read grants', async () => {
      const { id } = await service();
      await grant(id, { kind: 'user', id: alice.id });
      expect((await explain(alice.caller, { user: alice.id, service: id })).status).toBe(200);
      expect(await codeOf(await explain(alice.caller, { user: bob.id, service: id }))).toBe('permission_missing');
      expect(await codeOf(await explain(alice.caller, { user: 'nobody@example.org', service: id }))).toBe(
        'permission_missing',
      );
    });

    it('nothing about a service that one does not know of', async () => {
      const { id } = await service();
      expect(await codeOf(await explain(bob.caller, { user: bob.id, service: id }))).toBe('not_found');
      expect(await codeOf(await explain(bob.caller, { user: bob.id, service: NOBODY }))).toBe('not_found');
    });
  });

  describe('judges tools', () => {
    it('by what an administrator said, otherwise as unknown', async () => {
      const { id } = await service();
      const policies = running.app.get(ToolPolicies);
      expect(policies.of(id, 'constructor')).toEqual({
        class: 'unknown',
        approval: 'user',
        cache: null,
        idempotent: false,
      });
      expect(await policies.set(id, 'wipe', { class: 'destructive' }, INSTALLATION)).toEqual({
        class: 'destructive',
        approval: 'always',
        cache: null,
        idempotent: false,
      });
      expect(await policies.set(id, 'wipe', { approval: 'never' }, INSTALLATION)).toEqual({
        class: 'destructive',
        approval: 'never',
        cache: null,
        idempotent: false,
      });
      expect(await policies.set(id, 'read', { idempotent: true }, INSTALLATION)).toMatchObject({ idempotent: true });
      expect(policies.of(id, 'Wipe')).toEqual({ class: 'unknown', approval: 'user', cache: null, idempotent: false });
    });
  });
});
