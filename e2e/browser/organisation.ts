import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startFakeLlm, startFakeMcpServer, waitFor, type ApiCaller } from '@gatehouse/testing';
import { NPM_SERVERS } from '../support/npm-servers.ts';
import {
  addPerson,
  register,
  startProduct,
  type PersonView,
  type Product,
  type ServiceView,
} from '../support/product.ts';

/** A company with everything a page of the console can show: services of each kind, one of them down, people, calls. */
export interface Organisation {
  product: Product;
  close(): Promise<void>;
}

interface GroupView {
  id: string;
}

/** Starts the product and fills it by REST, as months of use would. */
export async function startOrganisation(): Promise<Organisation> {
  const upstreams = await startUpstreams();
  const product = await startProduct();
  const close = async () => {
    await product.gatehouse.stop();
    await upstreams.close();
  };
  try {
    await product.owner.call('PATCH', '/api/auth/me', { displayName: 'Olivia Chen' });
    const services = await registerAll(product.owner, upstreams);
    const people = await populate(product, services);
    await work(product, people);
    await startJobs(people);
    await curate(product.owner, services);
    await product.owner.call('POST', '/api/llm/providers', {
      name: 'In-house models',
      kind: 'openai-compatible',
      baseUrl: upstreams.llm,
      model: 'fake-model',
      models: ['fake-model', 'fake-model-large'],
      apiKey: 'sk-in-house',
      contextTokens: 32_000,
    });
    await product.owner.call('POST', '/api/embed/apps', {
      name: 'Employee portal',
      allowedOrigins: ['https://portal.example.com', 'https://hr.example.com'],
      createUsers: true,
    });
    await product.owner.call('POST', '/api/auth/api-keys', { name: 'Claude Code on my laptop', scopes: ['tools:use'] });
    return { product, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Upstreams {
  files: string;
  customers: string;
  rules: string;
  market: string;
  archive: string;
  llm: string;
  /** Nothing listens there. */
  gone: string;
  close(): Promise<void>;
}

async function startUpstreams(): Promise<Upstreams> {
  const files = await mkdtemp(join(tmpdir(), 'gatehouse-files-'));
  await writeFile(join(files, 'policy.md'), '# Travel policy\n\nBook economy class for flights under six hours.\n');
  const customers = await startFakeMcpServer({ name: 'crm-connector' });
  const rules = await startFakeMcpServer({ name: 'risk-rules', transport: 'sse' });
  const market = await startFakeMcpServer({ name: 'market-data', transport: 'websocket' });
  const archive = await startFakeMcpServer({ name: 'archive', token: 'nobody-has-it' });
  const llm = await startFakeLlm(CONVERSATIONS);
  const close = async () => {
    await Promise.all([customers, rules, market, archive, llm].map((each) => each.close()));
    await rm(files, { recursive: true });
  };
  const gone = `http://127.0.0.1:${await freePort()}/mcp`;
  const [a, b, c, d] = [customers.url, rules.url, market.url, archive.url];
  return { files, customers: a, rules: b, market: c, archive: d, llm: llm.baseUrl, gone, close };
}

const SUM = { toolCalls: [{ name: 'reference__get-sum', arguments: { a: 20, b: 22 } }] };
const CONVERSATIONS = [
  { when: 'How much', turns: [SUM, { words: ['Together they are **42**', ', as the *Reference tools* say.'] }] },
  { when: '一共', turns: [SUM, { words: ['合计为 **42**', '，由*参考工具*算出。'] }] },
];

type Names = [slug: string, en: string, zh: string, enText: string, zhText: string, category: string, tags: string[]];

const CATALOGUE = {
  reference: [
    'reference',
    'Reference tools',
    '参考工具',
    'Every feature of the protocol',
    '协议的全部功能',
    'Platform',
    ['demo', 'tools'],
  ],
  files: [
    'documents',
    'Company documents',
    '公司文档',
    'Policies and handbooks',
    '制度与手册',
    'Knowledge',
    ['docs', 'read-only'],
  ],
  memory: [
    'knowledge',
    'Knowledge graph',
    '知识图谱',
    'Facts that teams share',
    '团队共享的事实',
    'Knowledge',
    ['memory'],
  ],
  customers: [
    'customers',
    'Customer records',
    '客户档案',
    'Contacts and contracts',
    '联系人与合同',
    'Sales',
    ['crm', 'personal-data'],
  ],
  rules: ['risk-rules', 'Risk rules', '风控规则', 'Limits and checks', '限额与校验', 'Risk', ['compliance']],
  market: [
    'market-data',
    'Market data',
    '行情数据',
    'Prices as they change',
    '实时行情',
    'Trading',
    ['prices', 'live'],
  ],
  payments: ['payments', 'Payments', '支付清算', 'Transfers between accounts', '账户间转账', 'Finance', ['write']],
  archive: ['archive', 'Archive', '档案库', 'Closed cases', '已结案件', 'Legal', ['docs']],
} satisfies Record<string, Names>;

type ServiceName = keyof typeof CATALOGUE;
type Services = Record<ServiceName, ServiceView>;

async function registerAll(owner: ApiCaller, up: Upstreams): Promise<Services> {
  const run = (...args: string[]) => ({ type: 'stdio', config: { command: process.execPath, args } });
  const sources: Record<ServiceName, object> = {
    reference: run(NPM_SERVERS.everything),
    files: run(NPM_SERVERS.filesystem, up.files),
    memory: {
      type: 'stdio',
      config: {
        command: process.execPath,
        args: [NPM_SERVERS.memory],
        env: { MEMORY_FILE_PATH: join(up.files, 'm.json') },
      },
    },
    customers: { type: 'http', url: up.customers, config: { headers: { 'X-Region': 'eu-1' } } },
    rules: { type: 'http', url: up.rules },
    market: { type: 'websocket', url: up.market },
    payments: { type: 'http', url: up.gone },
    archive: { type: 'http', url: up.archive },
  };
  const entries = (Object.keys(sources) as ServiceName[]).map(async (key) => {
    const [slug, en, zh, enText, zhText, category, tags] = CATALOGUE[key];
    const words = { displayName: { zh, en }, description: { zh: zhText, en: enText } };
    const credentials =
      key === 'customers' ? { auth: { credentials: [{ target: 'header', name: 'X-Api-Key', value: 's3cret' }] } } : {};
    const draft = { name: en, slug, category, tags, ...words, ...credentials, ...sources[key] };
    return [key, await register(owner, { ...draft, accessControl: { grants: [] } })] as const;
  });
  const services = Object.fromEntries(await Promise.all(entries)) as Services;
  for (const each of Object.values(services)) await settled(owner, each);
  return services;
}

/** Waits until the first attempt to connect has ended, one way or the other. */
const settled = (owner: ApiCaller, { id, slug }: ServiceView) =>
  waitFor(
    `${slug} to be ready or not`,
    async () => {
      const { health } = await owner.call<ServiceView>('GET', `/api/mcp/services/${id}`);
      return !['connecting', 'unknown'].includes(health.state);
    },
    30_000,
  );

interface People {
  analyst: ApiCaller;
  clerk: ApiCaller;
}

async function populate(product: Product, services: Services): Promise<People> {
  const { owner } = product;
  const group = (name: string, description: string) =>
    owner.call<GroupView>('POST', '/api/groups', { name, description });
  const research = await group('Research', 'Analysts of the investment desk');
  const branch = await group('Branch staff', 'Counter and customer service');
  await group('Compliance', 'Second line of defence');
  const analyst = await addPerson(product, 'lin.yue@example.org');
  const clerk = await addPerson(product, 'max.weber@example.org');
  await rename(owner, analyst.person, '林悦');
  await rename(owner, clerk.person, 'Max Weber');
  await owner.call('POST', '/api/users', {
    email: 'audit@example.org',
    displayName: 'Ada Auditor',
    roles: ['auditor'],
  });
  await owner.call('POST', `/api/groups/${research.id}/members`, { userId: analyst.person.id });
  await owner.call('POST', `/api/groups/${branch.id}/members`, { userId: clerk.person.id });
  const grant = (subject: object, service: ServiceName, effect: 'allow' | 'deny', tool?: string) =>
    owner.call('POST', '/api/mcp/grants', { subject, serviceId: services[service].id, effect, ...(tool && { tool }) });
  for (const service of ['reference', 'files', 'memory', 'market', 'payments'] as const)
    await grant({ kind: 'group', id: research.id }, service, 'allow');
  await grant({ kind: 'group', id: branch.id }, 'customers', 'allow', 'echo');
  await grant({ kind: 'everyone' }, 'files', 'allow', 'list_directory');
  await grant({ kind: 'user', id: analyst.person.id }, 'files', 'deny', 'write_file');
  const limit = (subject: object, numbers: object) => owner.call('POST', '/api/mcp/limits', { subject, ...numbers });
  await limit({ kind: 'everyone' }, { dailyQuota: 5_000 });
  await limit({ kind: 'group', id: research.id }, { ratePerMinute: 1_200, concurrency: 20 });
  await limit({ kind: 'tool', id: services.files.id, tool: 'write_file' }, { ratePerMinute: 30, queue: 0 });
  const me = await owner.call<PersonView>('GET', '/api/auth/me');
  await grant({ kind: 'user', id: me.id }, 'reference', 'allow');
  return { analyst: analyst.caller, clerk: clerk.caller };
}

/** A profile to search in, with renamed tools and one whose service knows nothing of it. */
async function curate(owner: ApiCaller, { market, files, customers }: Services): Promise<void> {
  const { items } = await owner.call<{ items: (GroupView & { name: string })[] }>('GET', '/api/groups');
  const research = items.find(({ name }) => name === 'Research');
  await owner.call('POST', '/api/mcp/profiles', {
    slug: 'investment-desk',
    displayName: { zh: '投资研究', en: 'Investment desk' },
    description: { zh: '研究员日常使用的工具', en: 'What analysts work with every day' },
    mode: 'search',
    items: [
      { serviceId: market.id, content: true },
      { serviceId: files.id, tool: 'read_text_file', alias: 'read_report', description: '读取研究报告' },
      { serviceId: customers.id, tool: 'retired' },
    ],
    accessControl: {
      grants: [{ subject: { kind: 'group', id: research?.id }, effect: 'allow' }],
    },
  });
}

/** An account made by `addPerson` is called like its address. */
async function rename(owner: ApiCaller, { id }: PersonView, displayName: string): Promise<void> {
  const { version } = await owner.call<{ version: number }>('GET', `/api/users/${id}`);
  await owner.call('PUT', `/api/users/${id}`, { displayName, version });
}

/** A few dozen calls by several people: most succeed, some are refused, some fail. */
async function work(product: Product, { analyst, clerk }: People): Promise<void> {
  const call = async (caller: ApiCaller, service: ServiceName, tool: string, args: object, times = 1) => {
    const path = `/api/mcp/services/${CATALOGUE[service][0]}/tools/${tool}`;
    for (let time = 0; time < times; time += 1)
      await (await caller.fetch('POST', path, { arguments: args })).arrayBuffer();
  };
  await call(analyst, 'reference', 'echo', { message: 'Hello from research' }, 9);
  await call(analyst, 'reference', 'get-sum', { a: 20, b: 22 }, 5);
  await call(analyst, 'market', 'structured', { city: 'Shanghai' }, 7);
  await call(analyst, 'memory', 'read_graph', {}, 4);
  await call(analyst, 'market', 'fail', {}, 2);
  await call(analyst, 'payments', 'transfer', { amount: 10 });
  await call(analyst, 'files', 'write_file', { path: '/policy.md', content: 'mine' }, 2);
  await call(clerk, 'customers', 'echo', { text: 'contract 4711', password: 'hunter2' });
  await call(clerk, 'customers', 'echo', { text: 'contract 4711' }, 6);
  await call(clerk, 'customers', 'add', { a: 1, b: 2 }, 2);
  await call(clerk, 'market', 'echo', { text: 'price?' }, 2);
  await call(product.owner, 'reference', 'echo', { message: 'Owner was here' }, 2);
}

/** Jobs of the analyst: one that is done, one that failed and could tell nobody, and a batch with both. */
async function startJobs({ analyst }: People): Promise<void> {
  const [market] = CATALOGUE.market;
  const start = async (path: string, body: object): Promise<void> => {
    const response = await analyst.fetch('POST', `/api/mcp/${path}`, body, { prefer: 'respond-async' });
    const { id } = (await response.json()) as { id: string };
    await waitFor('a job to end', async () => {
      const { status } = await analyst.call<{ status: string }>('GET', `/api/jobs/${id}`);
      return !['queued', 'running'].includes(status);
    });
  };
  // No receiver may live on this port, so that nothing is sent anywhere.
  const callback = { url: 'http://127.0.0.1:9/hooks/done' };
  await start(`services/${market}/tools/progress`, { arguments: { steps: 12 } });
  await start(`services/${market}/tools/fail`, { arguments: {}, callback });
  const items = ['Shanghai', 'Bern'].map((city) => ({ service: market, tool: 'structured', arguments: { city } }));
  await start('tools/batch', { items: [...items, { service: market, tool: 'fail', arguments: {} }] });
}
