import type { ApiCaller, TestDatabase } from '@gatehouse/testing';
import { DataSource } from 'typeorm';
import { newDatabase } from '../../../spec/auth-app.js';
import { startServicesApp, type ServicesApp } from '../../../spec/services-app.js';
import type { Service } from '../service.dto.js';
import { UserCredentialBook } from './user-credential-book.js';
import { UserCredentialRow } from './user-credential.entity.js';

const SERVICES = '/api/mcp/services';
const TOKEN = 'Bearer ada-0123456789-abcdef';

describe("people's own credentials", () => {
  let database: TestDatabase;
  let running: ServicesApp;
  let owner: ApiCaller;
  let ada: { id: string; caller: ApiCaller };
  let bob: { id: string; caller: ApiCaller };

  const book = () => running.app.get(UserCredentialBook);
  const rows = () => running.app.get(DataSource).getRepository(UserCredentialRow);
  const create = (slug: string, config: object = {}, more: object = {}): Promise<Service> =>
    owner.call<Service>('POST', SERVICES, {
      slug,
      name: slug,
      type: 'http',
      url: 'http://127.0.0.1:9/mcp',
      config: { sharing: 'per-user', ...config },
      auth: { credentials: [{ target: 'header', name: 'X-Lists', value: 'of-the-service' }] },
      accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] },
      ...more,
    });
  const put = (who: { caller: ApiCaller }, slug: string, values: object): Promise<Response> =>
    who.caller.fetch('PUT', `${SERVICES}/${slug}/my-credentials`, { values });
  const sentFor = (service: Service, userId: string) => book().asUsedBy(service.id, userId)?.credentials;

  beforeAll(async () => {
    database = await newDatabase();
    running = await startServicesApp({ database });
    owner = await running.owner();
    ada = await running.person(owner, 'ada@example.org');
    bob = await running.person(owner, 'bob@example.org');
  });

  afterAll(async () => {
    await running.close();
    await database.drop();
  });

  it('are kept for one person and one service, and shown to nobody', async () => {
    const service = await create('notes');
    expect((await put(ada, 'notes', { Authorization: TOKEN })).status).toBe(204);
    expect(sentFor(service, ada.id)).toEqual([{ target: 'header', name: 'Authorization', value: TOKEN }]);
    expect(sentFor(service, bob.id)).toBeUndefined();
    const seen = await Promise.all(
      [ada.caller, bob.caller, owner].map((caller) => caller.call<Service>('GET', `${SERVICES}/notes`)),
    );
    expect(seen.map(({ myCredentials }) => myCredentials?.storedAt ?? null)).toEqual([expect.any(String), null, null]);
    const trail = JSON.stringify(await owner.call('GET', '/api/audit/events'));
    expect(trail).toContain('service.connect-account');
    const stored = JSON.stringify(await rows().find());
    for (const text of [JSON.stringify(seen), trail, stored]) expect(text).not.toContain('ada-0123456789');
  });

  it('are sent alone: what the service itself has is for its lists', async () => {
    const service = await create('alone', { headers: { 'X-Team': 'blue', authorization: 'none' } });
    await put(ada, 'alone', { Authorization: TOKEN });
    expect(book().asUsedBy(service.id, ada.id)).toMatchObject({
      config: { headers: { 'X-Team': 'blue' } },
      credentials: [{ value: TOKEN }],
    });
    expect(book().asUsedBy(service.id, ada.id)?.config.headers).not.toHaveProperty('authorization');
  });

  it('cannot be moved to another person or service in the database', async () => {
    const service = await create('moved');
    await put(ada, 'moved', { Authorization: TOKEN });
    await put(bob, 'moved', { Authorization: 'Bearer bob' });
    const { auth } = await rows().findOneByOrFail({ serviceId: service.id, userId: ada.id });
    await rows().update({ serviceId: service.id, userId: bob.id }, { auth });
    await book().refresh(service.id, bob.id);
    expect(sentFor(service, bob.id)).toBeUndefined();
  });

  it('are not sent elsewhere by whoever edits the service', async () => {
    const service = await create('lured');
    await put(ada, 'lured', { Authorization: TOKEN });
    const { version } = service;
    await owner.call('PUT', `${SERVICES}/lured`, {
      version,
      url: 'http://127.0.0.1:10/mcp',
      auth: { credentials: [] },
    });
    expect(sentFor(service, ada.id)).toBeUndefined();
    expect((await ada.caller.call<Service>('GET', `${SERVICES}/lured`)).myCredentials?.storedAt).toBeNull();
  });

  it('are exactly what the service asks for', async () => {
    await create('exact', { userCredentials: ['X-Token', 'X-Account'] });
    const paths = async (values: object) => {
      const response = await put(ada, 'exact', values);
      const { error } = (await response.json()) as { error: { fields?: { path: string }[] } };
      return [response.status, ...(error.fields ?? []).map(({ path }) => path)];
    };
    expect(await paths({ 'X-Token': 'a' })).toEqual([400, 'values.X-Account']);
    expect(await paths({ 'X-Token': 'a', 'X-Account': 'b', Host: 'c' })).toEqual([400, 'values.Host']);
    expect(await paths({ 'X-Token': 'a\r\nHost: x', 'X-Account': 'b' })).toEqual([400, 'values.X-Token']);
    expect((await put(ada, 'exact', { 'X-Token': 'a', 'X-Account': 'b' })).status).toBe(204);
  });

  it('are entered by the person alone, for a service that is theirs to use', async () => {
    await create('guarded');
    await create('shared', { sharing: 'shared' });
    await create('foreign', {}, { accessControl: { grants: [] } });
    const values = { Authorization: TOKEN };
    expect((await put(ada, 'shared', values)).status).toBe(404);
    expect((await put(ada, 'foreign', values)).status).toBe(404);
    const { secret } = await ada.caller.call<{ secret: string }>('POST', '/api/auth/api-keys', { name: 'script' });
    const byKey = await fetch(`${running.url}${SERVICES}/guarded/my-credentials`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ values }),
    });
    expect([byKey.status, await byKey.json()]).toEqual([
      403,
      { error: expect.objectContaining({ code: 'session_required' }) },
    ]);
  });

  it.each([
    ['a command that names nothing to fill in', { sharing: 'per-user', command: 'node' }, 'stdio'],
    [
      'a variable that could run another program',
      { sharing: 'per-user', command: 'node', userCredentials: ['NODE_OPTIONS'] },
      'stdio',
    ],
    ['a header of the transport', { sharing: 'per-user', userCredentials: ['Host'] }, 'http'],
    ['names without anybody to fill them in', { userCredentials: ['X-Token'] }, 'http'],
  ])('are not asked for with %s', async (_what, config, type) => {
    const url = type === 'http' ? { url: 'http://127.0.0.1:9/mcp' } : {};
    const response = await owner.fetch('POST', SERVICES, { name: 'wrong', type, ...url, config });
    expect(response.status).toBe(400);
  });

  it('go when the person wants it, and with the person and the service', async () => {
    const service = await create('gone');
    const other = await create('gone-too');
    const eve = await running.person(owner, 'eve@example.org');
    for (const slug of ['gone', 'gone-too']) await put(eve, slug, { Authorization: TOKEN });
    await put(ada, 'gone-too', { Authorization: TOKEN });
    expect((await eve.caller.fetch('DELETE', `${SERVICES}/gone/my-credentials`)).status).toBe(204);
    expect(sentFor(service, eve.id)).toBeUndefined();
    await owner.call('DELETE', `/api/users/${eve.id}`);
    expect(sentFor(other, eve.id)).toBeUndefined();
    await owner.call('DELETE', `${SERVICES}/gone-too`);
    expect(await rows().find({ where: [{ userId: eve.id }, { serviceId: other.id }] })).toEqual([]);
  });
});
