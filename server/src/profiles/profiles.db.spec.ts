import { waitFor, type ApiCaller } from '@gatehouse/testing';
import { startServicesApp, type ServicesApp } from '../../spec/services-app.js';
import type { Service } from '../services/index.js';
import { ProfilesModule } from './index.js';
import type { Profile } from './profile.dto.js';

interface Problems {
  error: { code: string; fields?: { path: string }[] };
}

describe('profiles', () => {
  let running: ServicesApp;
  let owner: ApiCaller;
  let crm: Service;
  let numbers = 0;

  const service = (name: string): Promise<Service> =>
    owner.call<Service>('POST', '/api/mcp/services', { name, type: 'http', url: 'http://127.0.0.1:9/mcp' });
  const profile = (fields: object = {}): Promise<Profile> =>
    owner.call<Profile>('POST', '/api/mcp/profiles', { slug: `profile-${(numbers += 1)}`, ...fields });
  const read = (id: string): Promise<Profile> => owner.call<Profile>('GET', `/api/mcp/profiles/${id}`);
  const problems = async (method: string, path: string, body: object): Promise<[string, string[]]> => {
    const response = await owner.fetch(method, path, body);
    const { error } = (await response.json()) as Problems;
    return [error.code, (error.fields ?? []).map(({ path: place }) => place)];
  };
  const refused = (items: object[]): Promise<[string, string[]]> =>
    problems('POST', '/api/mcp/profiles', { slug: 'refused', items });

  beforeAll(async () => {
    running = await startServicesApp({ modules: [ProfilesModule] });
    owner = await running.owner();
    crm = await service('crm');
  });

  afterAll(() => running.close());

  it('keeps everything that was said of one, items in their order', async () => {
    const made = await profile({
      displayName: { zh: '客服', en: 'Support' },
      description: { zh: '客服团队常用的工具' },
      instructions: 'Be kind.',
      mode: 'search',
      items: [
        { serviceId: 'crm', tool: 'find', alias: 'find_customer', description: '查找客户' },
        { serviceId: crm.id, content: true, except: ['drop'] },
      ],
      accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] },
    });
    expect(made).toMatchObject({
      displayName: { zh: '客服', en: 'Support' },
      mode: 'search',
      enabled: true,
      endpoint: `/mcp/p/${made.slug}`,
      version: 1,
      createdBy: 'owner@example.org',
      items: [
        { serviceId: crm.id, serviceSlug: 'crm', tool: 'find', alias: 'find_customer', content: false },
        { serviceId: crm.id, tool: null, content: true, except: ['drop'], missing: null },
      ],
      accessControl: { grants: [{ subject: { kind: 'everyone', id: null }, effect: 'allow' }] },
    });
    expect(await read(made.slug)).toEqual(made);
  });

  it('changes what is named and leaves the rest, once per version', async () => {
    const { id } = await profile({ instructions: 'one', items: [{ serviceId: 'crm' }] });
    const changed = await owner.call<Profile>('PUT', `/api/mcp/profiles/${id}`, { instructions: 'two', version: 1 });
    expect(changed).toMatchObject({ instructions: 'two', version: 2, items: [{ serviceSlug: 'crm' }] });
    expect(await problems('PUT', `/api/mcp/profiles/${id}`, { mode: 'search', version: 1 })).toEqual([
      'stale_version',
      [],
    ]);
  });

  it('lets one of two changes of the same version through', async () => {
    const { id } = await profile();
    const change = (instructions: string): Promise<Response> =>
      owner.fetch('PUT', `/api/mcp/profiles/${id}`, { instructions, version: 1 });
    const statuses = (await Promise.all([change('a'), change('b')])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 412]);
  });

  it('says with its place what does not fit', async () => {
    const item = { serviceId: 'crm' };
    const tool = { ...item, tool: 'find' };
    expect(await refused([{ serviceId: 'nobody' }])).toEqual(['validation_failed', ['items.0.serviceId']]);
    expect(await refused([item, item])).toEqual(['validation_failed', ['items.1.serviceId']]);
    expect(await refused([{ ...item, alias: 'x' }])).toEqual(['validation_failed', ['items.0.tool']]);
    expect(await refused([{ ...tool, content: true }])).toEqual(['validation_failed', ['items.0.tool']]);
    expect(await refused([{ ...item, except: ['find'] }, tool])).toEqual(['validation_failed', ['items.1.tool']]);
    const taken = [
      { ...tool, alias: 'Find' },
      { ...item, tool: 'other', alias: 'fIND' },
    ];
    expect(await refused(taken)).toEqual(['validation_failed', ['items.1.alias']]);
    for (const alias of ['call_tool', 'Search_Tools', 'crm__find_0123abcd', 'a b', 'ä', 'x'.repeat(65)]) {
      expect([alias, ...(await refused([{ ...tool, alias }]))]).toEqual([
        alias,
        'validation_failed',
        ['items.0.alias'],
      ]);
    }
    const nobody = [{ subject: { kind: 'user', id: '00000000-0000-4000-8000-000000000000' }, effect: 'allow' }];
    expect(await problems('POST', '/api/mcp/profiles', { slug: 'refused', accessControl: { grants: nobody } })).toEqual(
      ['validation_failed', ['subject.id']],
    );
  });

  it('gives each slug once', async () => {
    const { slug } = await profile();
    expect(await problems('POST', '/api/mcp/profiles', { slug })).toEqual(['conflict', []]);
  });

  it('shows what is missing when a service was deleted, and keeps it until somebody takes it out', async () => {
    const gone = await service('gone soon');
    const { id } = await profile({ items: [{ serviceId: gone.id }, { serviceId: 'crm', tool: 'unknown' }] });
    await owner.call('DELETE', `/api/mcp/services/${gone.id}`);
    const { items, version } = await read(id);
    expect(items).toMatchObject([
      { serviceName: 'gone soon', serviceSlug: null, missing: 'service' },
      { serviceSlug: 'crm', missing: 'tool' },
    ]);
    const kept = await owner.call<Profile>('PUT', `/api/mcp/profiles/${id}`, {
      items: [{ serviceId: gone.id, content: true }],
      version,
    });
    expect(kept.items).toMatchObject([{ serviceName: 'gone soon', content: true, missing: 'service' }]);
  });

  it('forgets the grants of who is deleted', async () => {
    const { id: userId } = await running.person(owner, 'leaving@example.org');
    const grants = [{ subject: { kind: 'user', id: userId }, effect: 'allow' }];
    const { id } = await profile({ accessControl: { grants } });
    await owner.call('DELETE', `/api/users/${userId}`);
    await waitFor('the grant to end', async () => (await read(id)).accessControl?.grants.length === 0);
  });

  it('writes every change and every grant on the trail', async () => {
    const { id, slug } = await profile({
      accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] },
    });
    await owner.call('PUT', `/api/mcp/profiles/${id}`, { enabled: false, version: 1 });
    await owner.call('DELETE', `/api/mcp/profiles/${id}`);
    const { items } = await owner.call<{ items: { action: string; changes: object; target: { name: string } }[] }>(
      'GET',
      '/api/audit/events?limit=200',
    );
    const mine = items.filter(({ target }) => target.name === slug || target.name === `everyone → ${slug}`);
    expect(mine.map(({ action }) => action).sort()).toEqual([
      'profile-grant.create',
      'profile-grant.delete',
      'profile.create',
      'profile.delete',
      'profile.update',
    ]);
    expect(mine.find(({ action }) => action === 'profile.update')?.changes).toEqual({
      enabled: { before: true, after: false },
    });
  });

  it('shows nobody without services:read a profile that offers them nothing', async () => {
    const { caller } = await running.person(owner, 'member@example.org');
    const { id } = await profile({ items: [{ serviceId: 'crm' }] });
    expect((await caller.fetch('GET', `/api/mcp/profiles/${id}`)).status).toBe(404);
    expect(await caller.call('GET', '/api/mcp/profiles')).toMatchObject({ items: [] });
    expect((await caller.fetch('POST', '/api/mcp/profiles', { slug: 'mine' })).status).toBe(403);
  });

  it('lets no key that is limited to services look behind a profile, or change one', async () => {
    const other = await service('other');
    const within = await profile({ items: [{ serviceId: crm.id }] });
    const beyond = await profile({ items: [{ serviceId: crm.id }, { serviceId: other.id }] });
    const scopes = ['services:read', 'grants:read', 'grants:write'];
    const limited = await owner.withApiKey({ name: 'crm only', scopes, serviceIds: [crm.id] });
    expect((await limited.caller.fetch('GET', `/api/mcp/profiles/${within.id}`)).status).toBe(200);
    expect((await limited.caller.fetch('GET', `/api/mcp/profiles/${beyond.id}`)).status).toBe(404);
    const change = { items: [{ serviceId: other.id }], version: 1 };
    expect((await limited.caller.fetch('PUT', `/api/mcp/profiles/${within.id}`, change)).status).toBe(403);
    expect((await limited.caller.fetch('POST', '/api/mcp/profiles', { slug: 'sly' })).status).toBe(403);
  });
});
