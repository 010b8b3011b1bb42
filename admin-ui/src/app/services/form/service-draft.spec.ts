import type { Service } from '@gatehouse/api-client';
import { emptyForm, KEPT_SECRET } from './form-values';
import { changedFields, formProblems, toDraft, toForm, toGrants } from './service-draft';

const http = { ...emptyForm('http'), name: 'Weather', url: 'https://weather.example/mcp' };

describe('the draft of a form', () => {
  it('puts secret rows among the credentials and plain ones into the configuration', () => {
    const headers = [
      { name: 'X-Team', value: 'ops', secret: false },
      { name: ' Authorization ', value: 'Bearer x', secret: true },
      { name: '', value: 'left over', secret: true },
    ];
    const draft = toDraft({ ...http, headers });
    expect(draft.config?.headers).toEqual({ 'X-Team': 'ops' });
    expect(draft.auth).toEqual({ credentials: [{ target: 'header', name: 'Authorization', value: 'Bearer x' }] });
  });

  it('leaves the fields of another type behind', () => {
    const draft = toDraft({ ...http, command: 'npx', env: [{ name: 'TOKEN', value: 'x', secret: true }] });
    expect(draft.config).toEqual({ connect: 'on-demand', headers: {} });
    expect(draft.auth?.credentials).toEqual([]);
  });

  it('makes one argument of each line', () => {
    const draft = toDraft({ ...emptyForm('stdio'), name: 'x', command: 'npx', args: '-y\n\n a file.txt ' });
    expect(draft.config?.args).toEqual(['-y', 'a file.txt']);
    expect(draft.url).toBeNull();
  });

  it('turns seconds into milliseconds and leaves an empty limit out', () => {
    expect(toDraft({ ...http, timeoutSeconds: '2.5' }).config?.timeoutMs).toBe(2500);
    expect(toDraft(http).config).not.toHaveProperty('timeoutMs');
  });
});

describe('what happens to changed tools', () => {
  it('is sent only when they wait for somebody, and comes back as it was sent', () => {
    expect(toDraft(http).config).not.toHaveProperty('toolChanges');
    const draft = toDraft({ ...http, toolChanges: 'hold' });
    expect(draft.config?.toolChanges).toBe('hold');
    const stored = { ...draft, displayName: {}, description: {}, tags: [], category: null } as unknown as Service;
    expect(toForm(stored).toolChanges).toBe('hold');
    expect(toForm({ ...stored, config: { connect: 'on-demand' } }).toolChanges).toBe('follow');
  });
});

describe('the form of a service', () => {
  const service = {
    type: 'stdio',
    name: 'Files',
    slug: 'files',
    displayName: { zh: '文件' },
    description: {},
    category: null,
    tags: ['docs'],
    url: null,
    config: { command: 'npx', args: ['-y', 'x'], env: { HOME: '/data' }, connect: 'at-start', timeoutMs: 30_000 },
    auth: { credentials: [{ target: 'env', name: 'TOKEN', value: KEPT_SECRET }] },
  } as Partial<Service> as Service;

  it('sends back what it shows, keeping stored secrets', () => {
    const draft = toDraft(toForm(service));
    expect(draft.config).toEqual(service.config);
    expect(draft.auth).toEqual(service.auth);
  });

  it('names the fields that somebody else changed', () => {
    const other = { ...service, tags: ['docs', 'new'], displayName: { zh: '档案' } };
    expect(changedFields(toForm(service), toForm(other))).toEqual(['nameZh', 'tags']);
  });
});

describe('problems of a form', () => {
  it.each([
    ['a missing name', { name: ' ' }, { name: 'required' }],
    ['a missing address', { url: '' }, { url: 'required' }],
    ['an address of another kind', { url: 'wss://x.example' }, { url: 'url' }],
    ['a missing command', { type: 'stdio' as const }, { command: 'required' }],
    ['a limit that is no number', { timeoutSeconds: 'soon' }, { timeoutSeconds: 'number' }],
  ])('names %s', (_, change, problems) => {
    expect(formProblems({ ...http, ...change })).toEqual(problems);
  });

  it('takes two headers that differ in case for the same, two variables not', () => {
    const rows = ['token', 'TOKEN'].map((name) => ({ name, value: 'x', secret: false }));
    expect(formProblems({ ...http, headers: rows })).toEqual({ headers: 'duplicate' });
    expect(formProblems({ ...emptyForm('stdio'), name: 'x', command: 'y', env: rows })).toEqual({});
  });
});

describe('the audience of a new service', () => {
  it.each([
    ['me' as const, [{ subject: { kind: 'user', id: 'u1' }, effect: 'allow' }]],
    ['everyone' as const, [{ subject: { kind: 'everyone' }, effect: 'allow' }]],
    ['groups' as const, [{ subject: { kind: 'group', id: 'g1' }, effect: 'allow' }]],
  ])('becomes grants for %s', (audience, grants) => {
    expect(toGrants(audience, 'u1', ['g1'])).toEqual(grants);
  });
});
