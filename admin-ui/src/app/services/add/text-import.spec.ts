import { servicesApi, type ImportEntry, type Service } from '@gatehouse/api-client';
import { FakeServer, Refusal, type Answer } from '../../../testing/fake-server';
import { ImportText } from './import-text';
import { TextImport } from './text-import';
import { TextReading } from './text-reading';

const entry = (key: string): ImportEntry => ({
  key,
  name: key,
  draft: { name: key, type: 'http', url: `https://${key}.example/mcp` },
  secrets: [],
  problems: [],
});
const service = (id: string, change: object = {}) =>
  ({ id, name: id, enabled: true, version: 1, ...change }) as Service;
const settings = { category: '', tags: [], grants: [], enabled: true };

function anImport(routes: Record<string, Answer>) {
  const server = new FakeServer(routes);
  const source = new ImportText();
  source.set('{"mcpServers": {}}');
  return { server, source, importing: new TextImport(servicesApi(server.http), source) };
}

describe('importing a text', () => {
  it('sends the text with what was entered for each entry', async () => {
    let sent: unknown;
    const { importing } = anImport({
      'POST /api/mcp/services/import': ({ body }) => ((sent = body), { created: [], failed: [] }),
    });
    importing.rename('a', { name: ' Weather ', slug: 'w' });
    await importing.create([entry('a')], { ...settings, category: 'Ops', tags: ['x'] });
    expect(sent).toEqual({
      text: '{"mcpServers": {}}',
      entries: [{ key: 'a', name: 'Weather', slug: 'w', category: 'Ops', tags: ['x'], accessControl: { grants: [] } }],
    });
  });

  it('creates the good ones and keeps the text while others were refused', async () => {
    const failure = { key: 'b', error: { code: 'conflict', message: 'b exists already.' } };
    const { importing, source } = anImport({
      'POST /api/mcp/services/import': () => ({ created: [service('a')], failed: [failure] }),
    });
    expect(await importing.create([entry('a'), entry('b')], settings)).toBe(true);
    expect(importing.created().map((one) => one.service.id)).toEqual(['a']);
    expect(importing.failed()).toEqual([failure]);
    expect(source.text()).not.toBe('');
  });

  it('forgets the text once everything in it was added', async () => {
    const { importing, source } = anImport({
      'POST /api/mcp/services/import': () => ({ created: [service('a')], failed: [] }),
    });
    await importing.create([entry('a')], settings);
    expect(source.text()).toBe('');
  });

  it('keeps text and entries when the server refuses the whole request', async () => {
    const { importing, source } = anImport({
      'POST /api/mcp/services/import': () => new Refusal(403, 'permission_missing'),
    });
    expect(await importing.create([entry('a')], settings)).toBe(false);
    expect(importing.deed.error()?.code).toBe('permission_missing');
    expect(source.text()).not.toBe('');
  });

  it('gives names in both languages to the service of their entry, and leaves it switched off when told to', async () => {
    const changes: unknown[] = [];
    const { importing } = anImport({
      'POST /api/mcp/services/import': () => ({ created: [service('sa'), service('sc')], failed: [{ key: 'b' }] }),
      'PUT /api/mcp/services/sc': ({ body }) => (changes.push(body), service('sc', { version: 2 })),
      'PUT /api/mcp/services/sa/enabled': () => service('sa', { enabled: false }),
      'PUT /api/mcp/services/sc/enabled': () => service('sc', { enabled: false }),
    });
    importing.rename('c', { zh: '天气' });
    await importing.create([entry('a'), entry('b'), entry('c')], { ...settings, enabled: false });
    expect(changes).toEqual([{ displayName: { zh: '天气' }, version: 1 }]);
    expect(importing.created().map((one) => one.service.enabled)).toEqual([false, false]);
  });

  it('keeps the reason of a test that could not run beside its service', async () => {
    const { importing } = anImport({
      'POST /api/mcp/services/import': () => ({ created: [service('a'), service('b')], failed: [] }),
      'POST /api/mcp/services/a/test': () => ({ ok: true, steps: [] }),
      'POST /api/mcp/services/b/test': () => new Refusal(503, 'queue_full'),
    });
    await importing.create([entry('a'), entry('b')], settings);
    await importing.testAll();
    expect(importing.created().map((one) => one.report?.ok ?? one.error?.code)).toEqual([true, 'queue_full']);
  });
});

describe('reading a text', () => {
  const aReading = (answer: Answer) => {
    const server = new FakeServer({ 'POST /api/mcp/services/import/preview': answer });
    const source = new ImportText();
    return { source, reading: new TextReading(servicesApi(server.http), source), server };
  };

  it('chooses every usable entry until one is dropped', async () => {
    const { reading, source } = aReading(() => ({
      entries: [entry('a'), entry('b'), { ...entry('c'), draft: null }],
      problems: [],
    }));
    source.set('x');
    await reading.look();
    expect([...reading.selected()]).toEqual(['a', 'b']);
    reading.toggle(reading.chosen()[0]);
    expect([...reading.selected()]).toEqual(['b']);
  });

  it('keeps text and last answer when the question fails', async () => {
    let calls = 0;
    const { reading, source } = aReading(() =>
      calls++ === 0 ? { entries: [entry('a')], problems: [] } : new Refusal(429, 'rate_limited'),
    );
    source.set('x');
    await reading.look();
    source.set('xy');
    await reading.look();
    expect([source.text(), reading.error()?.code, reading.selected().size]).toEqual(['xy', 'rate_limited', 1]);
  });

  it('asks nothing about an empty text', async () => {
    const { reading, source, server } = aReading(() => ({ entries: [], problems: [] }));
    source.set('  ');
    await reading.look();
    expect([server.asked, reading.view()]).toEqual([[], undefined]);
  });
});
