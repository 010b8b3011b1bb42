import type { ApiCaller, TestDatabase } from '@gatehouse/testing';
import { DataSource } from 'typeorm';
import { OWNER, newDatabase } from '../../spec/auth-app.js';
import { startServicesApp, type ServicesApp } from '../../spec/services-app.js';
import { EventBus, SecretBox } from '../platform/index.js';
import { CapabilityStore } from './capabilities/capability-store.js';
import { INSTALLATION } from './author.js';
import type { CommandPin } from './definition.js';
import { StatusKeeper } from './health/status-keeper.js';
import { ServiceDirectory } from './registry/service-directory.js';
import { ServiceRegistrar } from './registry/service-registrar.js';
import { ServiceRow } from './registry/service.entity.js';
import type { Service } from './service.dto.js';

const SERVICES = '/api/mcp/services';
const SECRET = 'Bearer sesame-0123456789';

const PIN = { algorithm: 'sha256', digest: '0f'.repeat(32), files: 2, bytes: 10 };

let numbers = 0;

/** A name that no other test of the file uses. */
const fresh = (word: string): string => `${word}-${(numbers += 1)}`;

const web = (fields: object = {}): object => ({
  name: fresh('web'),
  type: 'http',
  url: 'http://127.0.0.1:9/mcp',
  auth: { credentials: [{ target: 'header', name: 'Authorization', value: SECRET }] },
  ...fields,
});

const command = (fields: object = {}): object => ({
  name: fresh('cmd'),
  type: 'stdio',
  config: { command: 'node', args: ['server.js'] },
  ...fields,
});

interface Refusal {
  error: { code: string; message: string; fields?: { path: string; message: string }[] };
}

/** Status, code, and the path of every field with a problem. */
const refusal = async (response: Response): Promise<unknown[]> => {
  const { error } = (await response.json()) as Refusal;
  return [response.status, error.code, ...new Set(error.fields?.map((field) => field.path))];
};

describe('services', () => {
  let database: TestDatabase;
  let running: ServicesApp;
  let owner: ApiCaller;
  let manager: ApiCaller;

  const create = (draft: object): Promise<Service> => owner.call<Service>('POST', SERVICES, draft);
  const read = (id: string): Promise<Service> => owner.call<Service>('GET', `${SERVICES}/${id}`);
  const change = (service: Service, fields: object, caller = owner): Promise<Response> =>
    caller.fetch('PUT', `${SERVICES}/${service.id}`, { version: service.version, ...fields });
  const stored = (service: Service) => running.app.get(ServiceDirectory).find(service.id)?.credentials;
  const trail = async (): Promise<{ action: string; target: { id: string }; changes: unknown }[]> =>
    (
      await owner.call<{ items: { action: string; target: { id: string }; changes: unknown }[] }>(
        'GET',
        '/api/audit/events',
      )
    ).items;

  beforeAll(async () => {
    database = await newDatabase();
    running = await startServicesApp({ database });
    owner = await running.owner();
    manager = (await running.person(owner, 'manager@example.org', ['service-manager'])).caller;
  });

  afterAll(async () => {
    await running.close();
    await database.drop();
  });

  describe('registering', () => {
    it('gives back what was sent, with the secret masked', async () => {
      const service = await create(web({ name: 'Team wiki', tags: ['docs'], displayName: { zh: '团队知识库' } }));
      expect(service).toMatchObject({
        slug: 'team-wiki',
        name: 'Team wiki',
        displayName: { zh: '团队知识库' },
        tags: ['docs'],
        type: 'http',
        url: 'http://127.0.0.1:9/mcp',
        config: { connect: 'on-demand' },
        auth: { credentials: [{ target: 'header', name: 'Authorization', value: '••••' }] },
        enabled: true,
        status: 'inactive',
        createdBy: OWNER.email,
        version: 1,
        can: { edit: true, delete: true, test: true, call: false },
      });
    });

    it('makes a slug of Chinese by its sound, and a free one when it is taken', async () => {
      expect((await create(web({ name: '天气 查询' }))).slug).toBe('tian-qi-cha-xun');
      expect((await create(web({ name: '天气查询' }))).slug).toBe('tian-qi-cha-xun-2');
    });

    it('refuses a slug that is taken or a route', async () => {
      const { slug } = await create(web());
      expect(await refusal(await owner.fetch('POST', SERVICES, web({ slug })))).toEqual([409, 'conflict']);
      expect(await refusal(await owner.fetch('POST', SERVICES, web({ slug: 'import' })))).toEqual([409, 'conflict']);
    });

    it('stores secrets sealed for their row only', async () => {
      const service = await create(web());
      const rows = running.app.get(DataSource).getRepository(ServiceRow);
      const { auth } = await rows.findOneByOrFail({ id: service.id });
      expect(auth).not.toContain('sesame');
      const box = running.app.get(SecretBox);
      expect(box.open(auth ?? '', `mcp_service:${service.id}:auth`)).toContain(SECRET);
      expect(() => box.open(auth ?? '', 'mcp_service:another:auth')).toThrow();
    });

    it('moves what looks secret out of the settings', async () => {
      const service = await create(command({ config: { command: 'node', env: { API_TOKEN: 'sesame', LOG: '1' } } }));
      expect(service.config?.env).toEqual({ LOG: '1' });
      expect(stored(service)).toEqual([{ target: 'env', name: 'API_TOKEN', value: 'sesame' }]);
    });

    it('shows no secret in the trail', async () => {
      const service = await create(web());
      const entry = (await trail()).find(({ target }) => target.id === service.id);
      expect(entry?.action).toBe('service.create');
      expect(JSON.stringify(entry)).toContain('header:authorization');
      expect(JSON.stringify(await trail())).not.toContain('sesame');
    });

    it('grants what the draft says in the same step', async () => {
      const service = await create(
        web({ accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] } }),
      );
      expect(service.accessControl?.grants).toMatchObject([{ subject: { kind: 'everyone', id: null }, tool: null }]);
      expect(service.can.call).toBe(true);
    });

    it('does nothing at all when a grant of the draft names nobody', async () => {
      const name = fresh('half');
      const grants = [{ subject: { kind: 'user', id: '00000000-0000-4000-8000-000000000000' }, effect: 'allow' }];
      const answer = await refusal(await owner.fetch('POST', SERVICES, web({ name, accessControl: { grants } })));
      expect(answer).toEqual([400, 'validation_failed', 'subject.id']);
      expect((await owner.fetch('GET', `${SERVICES}/${name}`)).status).toBe(404);
    });
  });

  describe('refuses', () => {
    it.each<[string, object, string[]]>([
      ['unknown fields', web({ isAdmin: true }), ['isAdmin']],
      ['ids and dates of one’s own', web({ id: 'x', createdAt: 'y' }), ['id', 'createdAt']],
      ['null for what must not be empty', web({ name: null }), ['name']],
      ['null for a list', web({ tags: null }), ['tags']],
      ['numbers for text', web({ name: 5 }), ['name']],
      ['a name with an invisible sign', web({ name: 'a\u202eb' }), ['name']],
      ['half of a surrogate pair', web({ name: 'a\ud800' }), ['name']],
      ['an over-long name', web({ name: 'x'.repeat(121) }), ['name']],
      ['an unknown type', web({ type: 'sse' }), ['type']],
      ['text for numbers', web({ config: { timeoutMs: '5000' } }), ['config.timeoutMs']],
      ['an address that is none', web({ url: 'example' }), ['url']],
      ['no address', web({ url: null }), ['url']],
      ['another scheme', web({ url: 'file:///etc/passwd' }), ['url']],
      ['ws for http', web({ url: 'ws://127.0.0.1/mcp' }), ['url']],
      ['a password in the address', web({ url: 'http://me:pw@127.0.0.1/mcp' }), ['url']],
      ['a cloud metadata address', web({ url: 'http://169.254.169.254/latest' }), ['url']],
      ['a private address', web({ url: 'http://10.0.0.1/mcp' }), ['url']],
      ['a private address in disguise', web({ url: 'http://[::ffff:10.0.0.1]/mcp' }), ['url']],
      ['a command beside an address', web({ config: { command: 'sh' } }), ['config.command']],
      [
        'a variable for http',
        web({ auth: { credentials: [{ target: 'env', name: 'A', value: 'b' }] } }),
        ['auth.credentials.0.target'],
      ],
      [
        'a header that is ours',
        web({ auth: { credentials: [{ target: 'header', name: 'Mcp-Session-Id', value: 'b' }] } }),
        ['auth.credentials.0.name'],
      ],
      ['a header with a line break', web({ config: { headers: { 'X-A': 'b\r\nX-C: d' } } }), ['config.headers.X-A']],
      [
        'a mask with nothing behind it',
        web({ auth: { credentials: [{ target: 'header', name: 'X', value: '••••' }] } }),
        ['auth.credentials.0.value'],
      ],
      ['no command', command({ config: {} }), ['config.command']],
      ['an address for a command', command({ url: 'http://127.0.0.1/mcp' }), ['url']],
      [
        'a loader in the environment',
        command({ config: { command: 'node', env: { LD_PRELOAD: '/x.so' } } }),
        ['config.env.LD_PRELOAD'],
      ],
      [
        'Node’s options in the environment',
        command({ config: { command: 'node', env: { NODE_OPTIONS: '-r x' } } }),
        ['config.env.NODE_OPTIONS'],
      ],
      ['a pin for http', web({ config: { pin: PIN } }), ['config.pin']],
      [
        'a pin that is none',
        command({ config: { command: 'node', pin: { ...PIN, digest: 'x' } } }),
        ['config.pin.digest'],
      ],
      ['NUL in an argument', command({ config: { command: 'node', args: ['a\0b'] } }), ['config.args']],
    ])('%s', async (_, draft, paths) => {
      const answer = await refusal(await owner.fetch('POST', SERVICES, draft));
      expect(answer).toEqual([400, 'validation_failed', ...paths]);
    });

    it('says what is wrong in the language of the request', async () => {
      const response = await owner.fetch('POST', SERVICES, web({ url: 'example' }), { 'accept-language': 'zh-CN' });
      expect(((await response.json()) as Refusal).error.fields).toEqual([{ path: 'url', message: '不是有效的 URL' }]);
    });

    it('a local command of somebody without services:stdio', async () => {
      expect(await refusal(await manager.fetch('POST', SERVICES, command()))).toEqual([403, 'permission_missing']);
    });
  });

  describe('changing', () => {
    it('keeps the secret behind the mask, and counts the version up', async () => {
      const service = await create(web());
      const changed = (await (await change(service, { name: 'Renamed', auth: service.auth })).json()) as Service;
      expect(changed).toMatchObject({ name: 'Renamed', slug: service.slug, version: 2 });
      expect(stored(service)).toEqual([{ target: 'header', name: 'Authorization', value: SECRET }]);
    });

    it('keeps secrets that are not mentioned, replaces and removes those that are', async () => {
      const service = await create(web());
      await change(service, { tags: ['a'] });
      expect(stored(service)).toHaveLength(1);
      const value = 'Bearer another-one';
      await change(await read(service.id), {
        auth: { credentials: [{ target: 'header', name: 'authorization', value }] },
      });
      expect(stored(service)?.map((each) => each.value)).toEqual([value]);
      await change(await read(service.id), { auth: { credentials: [] } });
      expect(stored(service)).toEqual([]);
    });

    it('sends no stored secret to another address', async () => {
      const service = await create(web());
      const elsewhere = { url: 'http://127.0.0.1:10/mcp' };
      const answer = [400, 'validation_failed', 'auth.credentials.0.value'];
      expect(await refusal(await change(service, elsewhere))).toEqual(answer);
      expect(await refusal(await change(service, { ...elsewhere, auth: service.auth }))).toEqual(answer);
      expect((await change(service, { url: 'http://127.0.0.1:9/other' })).status).toBe(200);
    });

    it('answers 412 to who read an older version', async () => {
      const service = await create(web());
      expect((await change(service, { name: 'first' })).status).toBe(200);
      expect(await refusal(await change(service, { name: 'second' }))).toEqual([412, 'stale_version']);
      expect((await read(service.id)).name).toBe('first');
    });

    it('lets one of two simultaneous changes win', async () => {
      const service = await create(web());
      const names = Array.from({ length: 8 }, (_, index) => `racer ${index}`);
      const answers = await Promise.all(names.map((name) => change(service, { name })));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 412)).toHaveLength(7);
      expect((await read(service.id)).version).toBe(2);
    });

    it('writes nothing when nothing changes', async () => {
      const service = await create(web());
      const { name, url, auth } = service;
      const spoken = { credentials: [{ target: 'header', name: 'Authorization', value: SECRET }] };
      for (const credentials of [auth, spoken]) {
        const same = (await (await change(service, { name, url, auth: credentials })).json()) as Service;
        expect(same.version).toBe(1);
      }
      const own = (await trail()).filter(
        ({ action, target }) => target.id === service.id && action === 'service.update',
      );
      expect(own).toEqual([]);
    });

    it('turns an address into a command, leaving nothing of the address', async () => {
      const service = await create(web());
      const answer = await change(service, { type: 'stdio', config: { command: 'node' } });
      expect(await answer.json()).toMatchObject({ type: 'stdio', url: null, auth: { credentials: [] } });
    });

    it('takes services:stdio to change how a command runs, not what it is called', async () => {
      const service = await create(command());
      expect((await change(service, { name: 'Other' }, manager)).status).toBe(200);
      const again = await read(service.id);
      const answer = await change(again, { config: { command: 'sh' } }, manager);
      expect(await refusal(answer)).toEqual([403, 'permission_missing']);
    });

    it('keeps the pin of a command that stays the same, and gives it to no other', async () => {
      const config = { command: 'node', args: ['server.js'] };
      const pinned = await create(command({ config: { ...config, pin: PIN } }));
      expect(pinned.config?.pin).toEqual(PIN);
      await change(pinned, { config: { ...config, timeoutMs: 5_000 } });
      const same = await read(pinned.id);
      expect(same.config).toMatchObject({ pin: PIN, timeoutMs: 5_000 });
      for (const other of [{ args: ['other.js'] }, { cwd: '/srv' }, { command: 'bun' }]) {
        const service = await create(command({ config: { ...config, pin: PIN } }));
        await change(service, { config: { ...config, ...other } });
        expect((await read(service.id)).config).not.toHaveProperty('pin');
      }
      const given = { ...config, args: ['other.js'], pin: { ...PIN, files: 3 } };
      await change(same, { config: given });
      expect((await read(pinned.id)).config).toMatchObject(given);
    });

    it('pins no other version than the one whose files were read', async () => {
      const service = await create(command());
      const seen = running.app.get(ServiceDirectory).find(service.id)!;
      await change(service, { name: 'Other' });
      const pinning = running.app.get(ServiceRegistrar).pin(seen, PIN as CommandPin, INSTALLATION);
      await expect(pinning).rejects.toMatchObject({ code: 'stale_version' });
    });

    it('forgets what the service offered once it is another service', async () => {
      const service = await create(web());
      const offered = { ...OFFER, fetchedAt: new Date(0).toISOString() };
      await running.app.get(CapabilityStore).save(service.id, offered);
      expect((await read(service.id)).capabilities).toMatchObject({ era: 'modern', tools: 1 });
      await change(await read(service.id), { name: 'Same server' });
      expect((await read(service.id)).capabilities.tools).toBe(1);
      await change(await read(service.id), { url: 'http://127.0.0.1:9/other' });
      expect((await read(service.id)).capabilities).toMatchObject({ era: null, tools: 0 });
    });

    it('switches a service off and on', async () => {
      const { id } = await create(web());
      expect(await owner.call('PUT', `${SERVICES}/${id}/enabled`, { enabled: false })).toMatchObject({
        enabled: false,
        status: 'inactive',
        health: { state: 'disabled' },
      });
      expect(await owner.call('PUT', `${SERVICES}/${id}/enabled`, { enabled: true })).toMatchObject({
        enabled: true,
        health: { state: 'unknown' },
      });
    });
  });

  it('deletes a service with its grants', async () => {
    const service = await create(
      web({ accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] } }),
    );
    expect((await owner.fetch('DELETE', `${SERVICES}/${service.id}`)).status).toBe(204);
    expect((await owner.fetch('GET', `${SERVICES}/${service.id}`)).status).toBe(404);
    expect(await owner.call('GET', `/api/mcp/grants?serviceId=${service.id}`)).toEqual({ items: [], nextCursor: null });
    expect((await owner.fetch('DELETE', `${SERVICES}/${service.id}`)).status).toBe(404);
  });

  it('lists in pages, in the order of slugs', async () => {
    const tag = fresh('paged');
    for (const name of ['c', 'a', 'b']) await create(web({ name: `${tag}-${name}`, tags: [tag] }));
    const first = await owner.call<{ items: Service[]; nextCursor: string }>('GET', `${SERVICES}?tag=${tag}&limit=2`);
    const second = await owner.call<{ items: Service[]; nextCursor: null }>(
      'GET',
      `${SERVICES}?tag=${tag}&limit=2&cursor=${first.nextCursor}`,
    );
    expect([...first.items, ...second.items].map(({ slug }) => slug.slice(-1))).toEqual(['a', 'b', 'c']);
    expect(second.nextCursor).toBeNull();
  });

  it('finds by text in both languages', async () => {
    const { id } = await create(web({ description: { zh: '查询快递进度' } }));
    const found = await owner.call<{ items: Service[] }>('GET', `${SERVICES}?q=${encodeURIComponent('快递')}`);
    expect(found.items.map((each) => each.id)).toEqual([id]);
  });

  it.each(['jsq', 'jisuanqi', 'ji suan qi'])('finds a Chinese name by its pinyin, %s', async (q) => {
    const { id } = await create(web({ displayName: { zh: '计算器' } }));
    const found = await owner.call<{ items: Service[] }>('GET', `${SERVICES}?q=${encodeURIComponent(q)}`);
    expect(found.items.map((each) => each.id)).toContain(id);
  });

  it('keeps the column status true to what is heard', async () => {
    const { id } = await create(web());
    const now = new Date().toISOString();
    const rows = running.app.get(DataSource).getRepository(ServiceRow);
    const hear = async (state: 'ready' | 'down'): Promise<unknown> => {
      running.app.get(EventBus).publish('service.health', { serviceId: id, state, since: now, checkedAt: now });
      await running.app.get(StatusKeeper).settled();
      return (await rows.findOneByOrFail({ id })).status;
    };
    expect(await hear('ready')).toBe('active');
    expect(await read(id)).toMatchObject({ status: 'active', health: { state: 'ready', since: now } });
    expect(await hear('down')).toBe('error');
  });

  it('knows everything again after a restart', async () => {
    const before = await create(
      web({ accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] } }),
    );
    await running.app.get(CapabilityStore).save(before.id, { ...OFFER, fetchedAt: new Date(0).toISOString() });
    const expected = await read(before.id);
    await running.close();
    running = await startServicesApp({ database });
    owner = await running.signIn(OWNER.email, OWNER.password);
    const { health: _before, ...rest } = expected;
    expect(await read(before.id)).toMatchObject(rest);
    expect(stored(before)).toEqual([{ target: 'header', name: 'Authorization', value: SECRET }]);
  });
});

const OFFER = {
  era: 'modern',
  protocolVersion: '2026-07-28',
  transport: 'streamable-http',
  serverInfo: { name: 'fake', version: '1' },
  instructions: null,
  tools: [{ name: 'echo', inputSchema: { type: 'object' } }],
  resources: [],
  resourceTemplates: [],
  prompts: [],
} as const;
