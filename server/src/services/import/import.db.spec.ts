import type { ApiCaller } from '@gatehouse/testing';
import { DataSource } from 'typeorm';
import { startServicesApp, type ServicesApp } from '../../../spec/services-app.js';
import { ServiceDirectory } from '../registry/service-directory.js';
import { ServiceRegistrar } from '../registry/service-registrar.js';
import { ServiceRow } from '../registry/service.entity.js';
import type { Service } from '../service.dto.js';
import type { ImportPreview, ImportResult } from './import.dto.js';

const PREVIEW = '/api/mcp/services/import/preview';
const IMPORT = '/api/mcp/services/import';

const TEXT = `{
  "mcpServers": {
    "wiki": { "url": "http://127.0.0.1:9/mcp", "headers": { "Authorization": "Bearer sesame-0123456789" } },
    "local": { "command": "node", "args": ["server.js"] },
    "metadata": { "url": "http://169.254.169.254/mcp" },
    "broken": { "args": [] },
  }
}`;

describe('importing', () => {
  let running: ServicesApp;
  let owner: ApiCaller;
  let manager: ApiCaller;

  beforeAll(async () => {
    running = await startServicesApp();
    owner = await running.owner();
    manager = (await running.person(owner, 'manager@example.org', ['service-manager'])).caller;
  });

  afterAll(() => running.close());

  const preview = (text: string, caller = owner): Promise<ImportPreview> =>
    caller.call<ImportPreview>('POST', PREVIEW, { text });
  const problemsOf = ({ entries }: ImportPreview): Record<string, string[]> =>
    Object.fromEntries(
      entries.map(({ key, problems }) => [key, problems.map(({ code, line, column }) => `${code}@${line}:${column}`)]),
    );

  it('shows what would be refused before anybody tries', async () => {
    expect(problemsOf(await preview(TEXT))).toEqual({
      wiki: [],
      local: [],
      metadata: ['validation_failed@5:5'],
      broken: ['no_target@6:5'],
    });
    expect(problemsOf(await preview(TEXT, manager))['local']).toEqual(['permission_missing@4:5']);
  });

  it('shows no secret', async () => {
    const shown = await preview(TEXT);
    expect(JSON.stringify(shown)).not.toContain('sesame');
    expect(shown.entries[0]).toMatchObject({
      draft: { auth: { credentials: [{ target: 'header', name: 'Authorization', value: '••••' }] } },
      secrets: [{ target: 'header', name: 'Authorization' }],
    });
  });

  it('has no effect by looking', async () => {
    await preview(TEXT);
    expect((await owner.fetch('GET', '/api/mcp/services/wiki')).status).toBe(404);
  });

  it('answers to broken text, in the language of the request', async () => {
    const response = await owner.fetch('POST', PREVIEW, { text: '{"a"' }, { 'accept-language': 'zh' });
    expect(response.status).toBe(200);
    const { problems } = (await response.json()) as ImportPreview;
    expect(problems[0]).toEqual({
      severity: 'error',
      code: 'colon_expected',
      message: '此处缺少冒号。',
      line: 1,
      column: 5,
    });
  });

  it('registers what was chosen, and says of the rest why not', async () => {
    const entries = [
      { key: 'wiki', name: 'Company wiki', slug: 'company-wiki', tags: ['docs'], category: 'knowledge' },
      { key: 'metadata' },
      { key: 'broken' },
      { key: 'nobody' },
    ];
    const { created, failed } = await owner.call<ImportResult>('POST', IMPORT, { text: TEXT, entries });
    expect(created).toMatchObject([
      { slug: 'company-wiki', name: 'Company wiki', tags: ['docs'], category: 'knowledge' },
    ]);
    expect(failed.map(({ key, error }) => [key, error.code])).toEqual([
      ['metadata', 'validation_failed'],
      ['broken', 'import_unreadable'],
      ['nobody', 'import_unreadable'],
    ]);
  });

  it('starts no command for those who may not', async () => {
    const { created, failed } = await manager.call<ImportResult>('POST', IMPORT, {
      text: TEXT,
      entries: [{ key: 'local' }],
    });
    expect([created, failed.map(({ error }) => error.code)]).toEqual([[], ['permission_missing']]);
  });

  it('leaves a service switched off until its placeholder is filled in', async () => {
    const text = '{"maps": {"url": "http://127.0.0.1:9/mcp", "headers": {"X-Api-Key": "<your key>"}}}';
    const { created } = await owner.call<ImportResult>('POST', IMPORT, { text, entries: [{ key: 'maps' }] });
    expect(created).toMatchObject([{ slug: 'maps', enabled: false, health: { state: 'disabled' } }]);
  });

  it('is not for everybody', async () => {
    const { caller } = await running.person(owner, 'member@example.org');
    expect((await caller.fetch('POST', PREVIEW, { text: TEXT })).status).toBe(403);
    expect((await caller.fetch('POST', IMPORT, { text: TEXT, entries: [{ key: 'wiki' }] })).status).toBe(403);
  });
});

describe('importing where local commands are switched off', () => {
  it('refuses them', async () => {
    const running = await startServicesApp({ environment: { GATEHOUSE_STDIO: 'off' } });
    const owner = await running.owner();
    const body = { text: 'npx -y some-server', entries: [{ key: 'some' }] };
    const { failed } = await owner.call<ImportResult>('POST', IMPORT, body);
    expect(failed.map(({ error }) => error.code)).toEqual(['stdio_not_allowed']);
    await running.close();
  });
});

describe('where programs must be installed', () => {
  const NPX = { command: 'npx', args: ['-y', 'some-server'] };
  let running: ServicesApp;
  let owner: ApiCaller;

  beforeAll(async () => {
    running = await startServicesApp({ environment: { GATEHOUSE_STDIO_PACKAGES: 'installed' } });
    owner = await running.owner();
  });

  afterAll(() => running.close());

  const paths = async (method: string, path: string, body: object): Promise<unknown[]> => {
    const response = await owner.fetch(method, path, body);
    const { error } = (await response.json()) as { error?: { fields?: { path: string }[] } };
    return [response.status, ...(error?.fields ?? []).map((field) => field.path)];
  };

  it('says before and at the import that a command fetches its program', async () => {
    const body = { text: 'npx -y some-server', entries: [{ key: 'some' }] };
    const { entries } = await owner.call<ImportPreview>('POST', PREVIEW, { text: body.text });
    expect(entries.flatMap(({ problems }) => problems)).toMatchObject([
      { severity: 'error', message: expect.stringMatching(/^config\.command: fetches a program/) },
    ]);
    const { created, failed } = await owner.call<ImportResult>('POST', IMPORT, body);
    expect([created, failed.map(({ error }) => error.code)]).toEqual([[], ['validation_failed']]);
  });

  it('neither saves nor declares one, and leaves what was saved before to be renamed and switched off', async () => {
    const draft = { name: 'Some', slug: 'some', type: 'stdio', config: NPX };
    expect(await paths('POST', '/api/mcp/services', draft)).toEqual([400, 'config.command']);
    const registrar = running.app.get(ServiceRegistrar);
    await expect(registrar.declare(draft as Parameters<ServiceRegistrar['declare']>[0])).rejects.toMatchObject({
      code: 'validation_failed',
    });
    const service = await owner.call<Service>('POST', '/api/mcp/services', { ...draft, config: { command: 'node' } });
    await running.app
      .get(DataSource)
      .getRepository(ServiceRow)
      .update(service.id, {
        config: { ...NPX, connect: 'on-demand' },
      });
    await running.app.get(ServiceDirectory).refresh(service.id);
    const path = `/api/mcp/services/${service.id}`;
    expect(await paths('PUT', path, { version: 1, config: { ...NPX, cwd: '/srv' } })).toEqual([400, 'config.command']);
    expect(await paths('PUT', path, { version: 1, name: 'Other' })).toEqual([200]);
    expect(await paths('PUT', `${path}/enabled`, { enabled: false })).toEqual([200]);
  });
});
