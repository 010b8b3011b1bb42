import { readFile } from 'node:fs/promises';
import type { ApiCaller } from '@gatehouse/testing';
import { startServicesApp, type ServicesApp } from '../../spec/services-app.js';
import { ConfigError, Metrics } from '../platform/index.js';
import { ToolPolicies } from '../services/index.js';
import type { Service } from '../services/service.dto.js';
import { DeclarationModule } from './declaration.module.js';
import { Declarer, type Summary } from './declarer.js';
import { readDeclaration } from './read-declaration.js';

const EXAMPLE = new URL('../../../docs/examples/gatehouse.yaml', import.meta.url);

const SMALL = `
services:
  - slug: wiki
    name: Wiki
    type: http
    url: http://127.0.0.1:9/mcp
    auth:
      credentials:
        - { target: header, name: Authorization, value: 'Bearer \${WIKI_TOKEN}' }
`;

const TOKEN = { WIKI_TOKEN: 'sesame' };

describe('a declaration', () => {
  let running: ServicesApp;
  let owner: ApiCaller;

  const apply = async (text: string, environment: Record<string, string> = TOKEN): Promise<Summary> =>
    running.app.get(Declarer).apply(await readDeclaration('/etc/gatehouse.yaml', text, environment));
  const problems = async (text: string, environment = {}): Promise<readonly string[]> => {
    const error: unknown = await apply(text, environment).catch((thrown: unknown) => thrown);
    if (!(error instanceof ConfigError)) throw new Error(`expected a refusal, not ${String(error)}`);
    return error.problems;
  };
  const wiki = (): Promise<Service> => owner.call<Service>('GET', '/api/mcp/services/wiki');

  beforeEach(async () => {
    running = await startServicesApp({ modules: [DeclarationModule] });
    owner = await running.owner();
  });

  afterEach(() => running.close());

  it('makes everything of the example, and nothing the second time', async () => {
    const text = await readFile(EXAMPLE, 'utf8');
    expect(await apply(text)).toEqual({ created: 15, updated: 1, unchanged: 0, drifted: 0 });
    expect(await apply(text)).toEqual({ created: 0, updated: 0, unchanged: 16, drifted: 0 });
    const { items } = await owner.call<{ items: { subject: { name: string }; tool: string | null; effect: string }[] }>(
      'GET',
      '/api/mcp/grants',
    );
    expect(items.map(({ subject, tool, effect }) => [subject.name, tool, effect]).sort()).toEqual([
      ['', 'delete_entities', 'deny'],
      ['Engineering', null, 'allow'],
      ['bob@example.org', 'read_graph', 'allow'],
    ]);
  });

  it('seals the secrets that come from the environment', async () => {
    await apply(SMALL);
    expect((await wiki()).auth?.credentials).toEqual([{ target: 'header', name: 'Authorization', value: '••••' }]);
    expect(await apply(SMALL, { WIKI_TOKEN: 'another' })).toMatchObject({ updated: 1, drifted: 0 });
  });

  it('decides about tools, also those that their service has not shown yet', async () => {
    const withTool = (policy: string): string => `${SMALL}    tools:\n      - { name: search, ${policy} }\n`;
    const policy = () => running.app.get(ToolPolicies).of('wiki', 'search');
    await apply(withTool('class: read, cache: { ttlSeconds: 60, scope: shared }'));
    expect(policy()).toEqual({
      class: 'read',
      approval: 'never',
      cache: { ttlSeconds: 60, scope: 'shared' },
      idempotent: false,
    });
    await apply(withTool('approval: always'));
    expect(policy()).toMatchObject({ class: 'read', approval: 'always', cache: { ttlSeconds: 60 } });
    await apply(withTool('idempotent: true'));
    expect(policy()).toMatchObject({ class: 'read', idempotent: true });
    await apply(withTool('cache: null'));
    expect(policy().cache).toBeNull();
    expect(await problems(withTool('class: destructive, cache: { ttlSeconds: 60, scope: shared }'), TOKEN)).toEqual([
      expect.stringMatching(/gatehouse.yaml:\d+:\d+: services.0.tools.0 Answers of search cannot be kept/),
    ]);
    expect(await problems(withTool('cache: { ttlSeconds: 86401, scope: everyone }'), TOKEN)).toHaveLength(2);
  });

  it('follows a change of the file', async () => {
    await apply(SMALL);
    expect(await apply(SMALL.replace('name: Wiki', 'name: Encyclopedia'))).toMatchObject({ updated: 1, drifted: 0 });
    expect((await wiki()).name).toBe('Encyclopedia');
  });

  it('sets back what was changed by hand, and counts it', async () => {
    await apply(SMALL);
    const { version } = await wiki();
    await owner.call('PUT', '/api/mcp/services/wiki', { version, name: 'By hand' });
    expect(await apply(SMALL)).toMatchObject({ updated: 1, drifted: 1 });
    expect((await wiki()).name).toBe('Wiki');
    const counted = await running.app.get(Metrics).registry.metrics();
    expect(counted).toContain('gatehouse_declaration_drift_total{kind="service"} 1');
  });

  it('leaves alone what it does not mention, and a switch that it is silent about', async () => {
    await apply(SMALL);
    await owner.call('POST', '/api/mcp/services', { name: 'Mine', type: 'http', url: 'http://127.0.0.1:9/mcp' });
    await owner.call('PUT', '/api/mcp/services/wiki/enabled', { enabled: false });
    expect(await apply(SMALL)).toMatchObject({ unchanged: 1, drifted: 0 });
    expect((await wiki()).enabled).toBe(false);
    expect((await owner.fetch('GET', '/api/mcp/services/mine')).status).toBe(200);
  });

  it('gives roles and groups, and takes no membership away', async () => {
    const users = (roles: string): string =>
      `groups: [{ name: A }, { name: B }]\nusers: [{ email: eve@example.org, roles: [${roles}], groups: [A] }]\n`;
    await apply(users('member'));
    const { items } = await owner.call<{ items: { id: string; email: string }[] }>('GET', '/api/users?q=eve');
    const groups = await owner.call<{ items: { id: string; name: string }[] }>('GET', '/api/groups?q=B');
    await owner.call('POST', `/api/groups/${groups.items[0]?.id}/members`, { userId: items[0]?.id });
    expect(await apply(users('auditor'))).toMatchObject({ updated: 1, unchanged: 2 });
    expect(await owner.call('GET', `/api/users/${items[0]?.id}`)).toMatchObject({
      roles: ['auditor'],
      groups: [{ name: 'A' }, { name: 'B' }],
      source: 'config',
    });
  });

  describe('of limits', () => {
    const LIMITED = `
groups: [{ name: A }]
users: [{ email: Eve@example.org }]
${SMALL}
limits:
  - { everyone: true, ratePerMinute: 60, queue: 0 }
  - { group: A, dailyQuota: 0 }
  - { user: eve@example.org, concurrency: 2 }
  - { service: wiki, concurrency: 8 }
  - { service: wiki, tool: search, ratePerMinute: 30, dailyQuota: null }
`;
    interface Shown {
      id: string;
      version: number;
      subject: { kind: string; name: string };
      ratePerMinute: number | null;
      concurrency: number | null;
      queue: number | null;
      dailyQuota: number | null;
      createdBy: string | null;
    }
    const limits = async (): Promise<Shown[]> => (await owner.call<{ items: Shown[] }>('GET', '/api/mcp/limits')).items;
    const numbers = async (): Promise<unknown[]> =>
      (await limits()).map(({ subject, ratePerMinute, concurrency, queue, dailyQuota }) => [
        `${subject.kind} ${subject.name}`,
        ratePerMinute,
        concurrency,
        queue,
        dailyQuota,
      ]);

    it('makes them once, for whom they name, and calls know', async () => {
      expect(await apply(LIMITED)).toMatchObject({ created: 8, updated: 0 });
      expect(await apply(LIMITED)).toMatchObject({ created: 0, updated: 0, unchanged: 8, drifted: 0 });
      const declared = [
        ['everyone ', 60, null, 0, null],
        ['group A', null, null, null, 0],
        ['user eve@example.org', null, 2, null, null],
        ['service Wiki', null, 8, null, null],
        ['tool Wiki · search', 30, null, null, null],
      ];
      expect(await numbers()).toEqual(declared);
      const { tightest } = await owner.call<{ tightest: { name: string; value: number | null }[] }>(
        'GET',
        '/api/mcp/limits/effective?user=eve@example.org&service=wiki&tool=search',
      );
      expect(tightest.find(({ name }) => name === 'concurrency')?.value).toBe(2);
    });

    it('sets them back where they were changed by hand, follows the file, and leaves others alone', async () => {
      await apply(LIMITED);
      const [everyone, group] = await limits();
      const change = { version: everyone?.version, ratePerMinute: 1, dailyQuota: 5 };
      await owner.call('PUT', `/api/mcp/limits/${everyone?.id}`, change);
      await owner.call('DELETE', `/api/mcp/limits/${group?.id}`);
      expect(await apply(LIMITED)).toMatchObject({ created: 1, updated: 1, drifted: 2 });
      expect((await numbers())[0]).toEqual(['everyone ', 60, null, 0, null]);
      const shorter = LIMITED.replace(/ {2}- { group: A.*\n/, '').replace('ratePerMinute: 60', 'ratePerMinute: 90');
      expect(await apply(shorter)).toMatchObject({ created: 0, updated: 1, drifted: 0 });
      expect((await numbers()).slice(0, 2)).toEqual([
        ['everyone ', 90, null, 0, null],
        ['group A', null, null, null, 0],
      ]);
      const { items } = await owner.call<{ items: { action: string; actor: object | null }[] }>(
        'GET',
        '/api/audit/events?limit=1',
      );
      expect(items).toMatchObject([{ action: 'limit.update', actor: null }]);
    });

    it('refuses those that cannot be meant, with their place', async () => {
      const wrong: [string, string][] = [
        ['{ everyone: true, service: wiki, queue: 1 }', '2:5: limits.0 must name exactly one of'],
        ['{ queue: 1 }', '2:5: limits.0 must name exactly one of'],
        ['{ everyone: true, tool: search, queue: 1 }', '2:5: limits.0 must name the service'],
        ['{ everyone: true, queue: null }', '2:5: limits.0 must set at least one of'],
        ['{ user: a@b.org, queue: 1 }\n  - { user: A@b.org, queue: 2 }', '3:5: limits.1 comes twice'],
        ['{ everyone: true, concurrency: 1001 }', '2:36: limits.0.concurrency must not be greater'],
        ['{ everyone: true, concurrency: 0 }', '2:36: limits.0.concurrency must not be less'],
        ['{ everyone: true, queue: 1.5 }', '2:30: limits.0.queue must be an integer'],
        ['{ everyone: true, rate: 5 }', '2:29: limits.0.rate '],
        ['{ group: Ghosts, queue: 1 }', '2:14: limits.0.group names nothing'],
        ['{ user: x@y.org, queue: 1 }', '2:13: limits.0.user names nothing'],
        ['{ service: none, queue: 1 }', '2:16: limits.0.service names nothing'],
      ];
      for (const [rule, expected] of wrong)
        expect(await problems(`limits:\n  - ${rule}\n`)).toEqual([
          expect.stringContaining(`gatehouse.yaml:${expected}`),
        ]);
      expect(await limits()).toEqual([]);
    });
  });

  describe('is refused with the line of every mistake', () => {
    it.each([
      ['bad YAML', 'services:\n  - slug: [a\n', /^gatehouse\.yaml:3:1: /],
      ['an unknown part', 'servces: []\n', /^gatehouse\.yaml:1:10: servces /],
      [
        'an unknown field',
        'services:\n  - slug: a\n    name: A\n    type: http\n    url: http://127.0.0.1/\n    colour: red\n',
        /^gatehouse\.yaml:6:13: services\.0\.colour /,
      ],
      [
        'a wrong type',
        'services:\n  - slug: a\n    name: A\n    type: carrier-pigeon\n',
        /^gatehouse\.yaml:4:11: services\.0\.type /,
      ],
      ['a missing variable', SMALL, /^gatehouse\.yaml:9:\d+: the environment has no variable WIKI_TOKEN$/],
      [
        'a grant for two',
        'grants:\n  - { service: a, everyone: true, user: a@b.org }\n',
        /^gatehouse\.yaml:2:5: grants\.0 must name exactly one/,
      ],
      ['a slug twice', 'groups:\n  - name: A\n  - name: A\n', /^gatehouse\.yaml:3:11: groups\.1\.name comes twice$/],
      [
        'a grant for a service that is not there',
        'grants:\n  - { service: nowhere, everyone: true }\n',
        /^gatehouse\.yaml:2:5: grants\.0 /,
      ],
      [
        'a user in a group that is not there',
        'users:\n  - email: a@b.org\n    groups: [Ghosts]\n',
        /^gatehouse\.yaml:3:14: users\.0\.groups\.0 /,
      ],
      [
        'a service that cannot work',
        'services:\n  - slug: a\n    name: A\n    type: http\n    url: ftp://x\n',
        /^gatehouse\.yaml:5:10: services\.0\.url /,
      ],
    ])('%s', async (_, text, expected) => {
      expect(await problems(text)).toEqual([expect.stringMatching(expected)]);
    });
  });

  it('cannot smuggle structure in through the environment', async () => {
    await apply(SMALL.replace('Bearer ${WIKI_TOKEN}', '${WIKI_TOKEN}'), { WIKI_TOKEN: "x' }\n  - slug: evil" }).catch(
      () => undefined,
    );
    expect((await owner.fetch('GET', '/api/mcp/services/evil')).status).toBe(404);
  });
});
