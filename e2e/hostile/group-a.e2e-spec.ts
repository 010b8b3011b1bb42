import { Agent, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { ApiCaller } from '@gatehouse/testing';
import {
  concrete,
  exampleOf,
  objectsIn,
  operations,
  placesIn,
  resolved,
  textWith,
  type Operation,
  type Path,
} from '../support/api-document.js';
import { Invariants } from '../support/invariants.js';
import { OWNER, startProduct, type Product } from '../support/product.js';
import { CaseCount, chosen, tryAll, untilLetIn } from './cases.js';
import {
  INHERITED_NAMES,
  QUERY_TRICKS,
  TRICKY_TEXTS,
  UNKNOWN_FIELDS,
  UNKNOWN_QUERIES,
  wrongValues,
} from './hostile-values.js';

/** Signing out would end the suite; an embed session takes another credential. */
const LEFT_OUT = ['POST /api/auth/logout', 'POST /api/embed/sessions'];
/** Strangers may try these, and not often. */
const OPEN = ['POST /api/setup', 'POST /api/auth/login'];
/** A caller may ask for one thing 1,200 times a minute; so many callers share the cases. */
const CALLERS = 6;

const known = operations.filter(({ name }) => !LEFT_OUT.includes(name));
const withBody = known.filter(({ body }) => body?.properties);

interface BodyCase {
  operation: Operation;
  text: string;
  /** What the refusal must name. */
  field: string;
}

const A1: BodyCase[] = withBody.flatMap((operation) =>
  placesIn(operation.body ?? {}).flatMap(({ path, schema }) =>
    wrongValues(schema).map((json) => ({
      operation,
      text: textWith(operation.body ?? {}, path, json),
      field: json.startsWith('[') && path.at(-1) === 0 ? '' : String(path[0]),
    })),
  ),
);

/** The example of a body, with one more field in the object at `path`. */
function withName({ body = {} }: Operation, path: Path, name: string): string {
  const schema = path.reduce(
    (outer, step) => resolved((step === 0 ? outer.items : outer.properties?.[step]) ?? {}),
    body,
  );
  const [example, more] = [JSON.stringify(exampleOf(schema)), `${JSON.stringify(name)}:{"isAdmin":true}}`];
  return textWith(body, path, example === '{}' ? `{${more}` : `${example.slice(0, -1)},${more}`);
}

const unknownNames = (names: readonly string[]): BodyCase[] =>
  withBody.flatMap((operation) =>
    objectsIn(operation.body ?? {}).flatMap((path) =>
      names
        .filter((name) => !placesIn(operation.body ?? {}).some((place) => place.path.join() === [...path, name].join()))
        .map((name) => ({
          operation,
          text: withName(operation, path, name),
          // Whether a class knows an inherited name is asked last.
          field: path.length > 0 && names === INHERITED_NAMES ? '' : String(path[0] ?? name),
        })),
    ),
  );

const A2 = unknownNames(UNKNOWN_FIELDS);
const A3 = unknownNames(INHERITED_NAMES);

const A4 = known
  .filter(({ method }) => method === 'GET')
  .flatMap((operation) => [
    ...operation.query.flatMap((name) => QUERY_TRICKS.map((trick) => ({ operation, query: trick(name) }))),
    ...UNKNOWN_QUERIES.map((query) => ({ operation, query })),
  ]);

const BOMB = gzipSync(Buffer.alloc(8 * 1024 * 1024, ' '));
const A6_BODIES: { headers: Record<string, string>; body: string | Buffer }[] = [
  { headers: { 'content-type': 'text/plain' }, body: '{}' },
  { headers: { 'content-type': 'text/json' }, body: '{}' },
  { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'name=x' },
  { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' },
  { headers: {}, body: '{}' },
  { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: BOMB },
];
const A6 = withBody.flatMap((operation) => A6_BODIES.map((each) => ({ operation, ...each })));

type RawRequest = [method: string, path: string, headers?: Record<string, string>];
const A8_VARIANTS: Record<string, (method: string, path: string) => RawRequest> = {
  'two slashes in front': (method, path) => [method, `/${path}`],
  'two slashes within': (method, path) => [method, path.replace(/(?<=.)\//, '//')],
  'a slash behind': (method, path) => [method, `${path}/`],
  'a parameter of the path': (method, path) => [method, `${path};x=1`],
  'in capitals': (method, path) => [method, path.toUpperCase()],
  'an encoded letter': (method, path) => [method, path.replace('a', '%61')],
  'an encoded dot segment': (method, path) => [method, `/x/%2e%2e${path}`],
  'a dot segment': (method, path) => [method, `/health/..${path}`],
  HEAD: (_method, path) => ['HEAD', path],
  OPTIONS: (_method, path) => ['OPTIONS', path],
  TRACE: (_method, path) => ['TRACE', path],
  'the method in a header': (method, path) => ['GET', path, { 'x-http-method-override': method }],
  'the address in a header': (method, path) => [
    method,
    '/health/nothing',
    { 'x-original-url': path, 'x-rewrite-url': path },
  ],
};
const A8 = known
  .filter(({ name }) => !OPEN.includes(name))
  .flatMap((operation) => Object.entries(A8_VARIANTS).map(([variant, change]) => ({ operation, variant, change })));

/** Where texts of people are kept, how a thing there is made of one, and where it is found again. */
const A5_PLACES: Record<string, (text: string, at: number) => { path: string; body: object; field: string }> = {
  'name of a group': (text, at) => ({ path: '/api/groups', body: { name: `${text}${at}` }, field: 'name' }),
  'description of a group': (text, at) => ({
    path: '/api/groups',
    body: { name: `group ${at}`, description: text },
    field: 'description',
  }),
  'name of a person': (text, at) => ({
    path: '/api/users',
    body: { email: `tricky${at}@example.org`, displayName: text },
    field: 'displayName',
  }),
  'name of a service': (text, at) => ({
    path: '/api/mcp/services',
    body: { name: text, slug: `tricky-${at}`, type: 'http', url: 'http://127.0.0.1:9/mcp', enabled: false },
    field: 'name',
  }),
  'category of a service': (text, at) => ({
    path: '/api/mcp/services',
    body: {
      name: 'x',
      category: text,
      slug: `kept-${at}`,
      type: 'http',
      url: 'http://127.0.0.1:9/mcp',
      enabled: false,
    },
    field: 'category',
  }),
  'name of a key': (text) => ({ path: '/api/auth/api-keys', body: { name: text }, field: 'name' }),
  'title of a conversation': (text) => ({ path: '/api/chat/conversations', body: { title: text }, field: 'title' }),
  'instructions of a profile': (text, at) => ({
    path: '/api/mcp/profiles',
    body: { slug: `tricky-${at}`, instructions: text },
    field: 'instructions',
  }),
};

const A5 = Object.entries(A5_PLACES).flatMap(([place, draft]) =>
  Object.entries(TRICKY_TEXTS).map(([kind, text]) => ({ place, kind, text, draft })),
);

/** Group A of the security bar: what a stranger may put into a request of the REST API. */
describe('hostile input to the REST API', () => {
  const counted = new CaseCount('A');
  let product: Product;
  let callers: ApiCaller[];
  let invariants: Invariants;
  let turn = 0;
  let bearer: Record<string, string>;
  const agent = new Agent({ keepAlive: true });

  beforeAll(async () => {
    product = await startProduct({ env: { GATEHOUSE_CALLS_PER_MINUTE: '0', LOG_LEVEL: 'error' } });
    callers = [];
    for (let each = 0; each < CALLERS; each += 1) {
      const caller = product.gatehouse.caller();
      await caller.login(OWNER.email, OWNER.password);
      callers.push(caller);
    }
    bearer = { authorization: `Bearer ${(await product.owner.withApiKey({ name: 'raw' })).secret}` };
    invariants = await Invariants.watch(product);
  });

  afterAll(async () => {
    agent.destroy();
    await product.gatehouse.stop();
  });

  /** Unlike fetch, sends any path, method and header as they are. */
  const raw = (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string | Buffer,
  ): Promise<{ status: number }> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(product.gatehouse.url);
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request({ hostname, port, method, path, headers: { ...length, ...headers }, agent }, (response) => {
        const status = response.statusCode ?? 0;
        // A stream would go on.
        response.resume().once('end', () => resolve({ status }));
        if (response.headers['content-type']?.startsWith('text/event-stream')) {
          resolve({ status });
          response.destroy();
        }
      });
      sent.on('error', reject).end(body);
    });

  const nextCaller = (): ApiCaller => callers[(turn += 1) % callers.length];

  const send = async ({ method, path }: Operation, text: string): Promise<{ status: number; answer: string }> => {
    const response = await untilLetIn(() => nextCaller().send(method, concrete(path), text));
    return { status: response.status, answer: await response.text() };
  };

  const mustBeRefused = async ({ operation, text, field }: BodyCase): Promise<string | undefined> => {
    const { status, answer } = await send(operation, text);
    const says = `${operation.name} ${text} → ${status} ${answer.slice(0, 200)}`;
    // They look at how often somebody comes before they look at what is said.
    if (status === 429 && OPEN.includes(operation.name)) return undefined;
    if (status !== 400) return says;
    return answer.includes(`"path":"${field}`) || answer.includes(`property ${field}`)
      ? undefined
      : `does not name ${field}: ${says}`;
  };

  it.each([
    ['A1', 'a value of the wrong kind in a field is refused by the field’s name', A1, 300],
    ['A2', 'a field that nobody may set is refused, at any depth', A2, 150],
    ['A3', 'a name that every object inherits is refused, at any depth', A3, 150],
  ] as const)('%s: %s', async (id, _sentence, all, most) => {
    const cases = chosen(all, most);
    counted.add(id, cases.length, all.length);
    expect(await tryAll(cases, mustBeRefused)).toEqual([]);
    invariants.check(id);
  });

  it('A4: a query says nothing but texts, and only what is offered; who offers nothing hears nothing', async () => {
    const cases = chosen(A4, 80);
    counted.add('A4', cases.length, A4.length);
    const statusOf = async (path: string): Promise<number> => {
      const response = await untilLetIn(() => nextCaller().fetch('GET', path));
      await response.body?.cancel();
      return response.status;
    };
    const problems = await tryAll(cases, async ({ operation: { name, path, query: offered }, query }) => {
      const status = await statusOf(`${concrete(path)}?${query}`);
      if (status === 400 || status === 404) return undefined;
      const isDeaf = offered.length === 0 && status === (await statusOf(concrete(path)));
      return isDeaf ? undefined : `${name}?${query} → ${status}`;
    });
    expect(problems).toEqual([]);
    invariants.check('A4');
  });

  it('A6: a body is JSON and not compressed', async () => {
    const cases = chosen(A6, 50);
    counted.add('A6', cases.length, A6.length);
    const problems = await tryAll(cases, async ({ operation, headers, body }) => {
      const { status } = await untilLetIn(() =>
        raw(operation.method, concrete(operation.path), { ...bearer, ...headers }, body),
      );
      return status === 415 || status === 413 ? undefined : `${operation.name} ${JSON.stringify(headers)} → ${status}`;
    });
    expect(problems).toEqual([]);
    invariants.check('A6');
  });

  it('A8: another spelling of an address or a method decides no other way', async () => {
    const cases = chosen(A8, 100);
    counted.add('A8', cases.length, A8.length);
    const problems = await tryAll(cases, async ({ operation: { method, name, path }, variant, change }) => {
      const canonical = await untilLetIn(() => raw(method, concrete(path)));
      const other = await untilLetIn(() => raw(...change(method, concrete(path))));
      const isFine = other.status === canonical.status || [400, 401, 404, 405, 415].includes(other.status);
      return isFine ? undefined : `${name}, ${variant}: ${other.status}, not ${canonical.status}`;
    });
    expect(problems).toEqual([]);
    invariants.check('A8');
  });

  it('nothing of all that is on record, because nothing was changed', async () => {
    await invariants.expectRecords({ calls: 0, changes: 0 });
  });

  it('A5: a text is kept as it is or refused', async () => {
    const cases = chosen(
      A5.map((each, at) => ({ ...each, at })),
      60,
    );
    counted.add('A5', cases.length, A5.length);
    const problems = await tryAll(cases, async ({ place, kind, text, draft, at }) => {
      const { path, body, field } = draft(text, at);
      const sent = (body as Record<string, string>)[field];
      const response = await untilLetIn(() => nextCaller().fetch('POST', path, body));
      const answer = await response.text();
      const says = `${place}, ${kind}: ${response.status} ${answer.slice(0, 200)}`;
      if (response.status === 400) return undefined;
      if (response.status !== 201) return says;
      const made = JSON.parse(answer) as Record<string, unknown>;
      const kept = (made['apiKey'] as Record<string, unknown> | undefined)?.[field] ?? made[field];
      return kept === sent || kept === sent?.trim() ? undefined : `not as it was sent: ${says}`;
    });
    expect(problems).toEqual([]);
    invariants.check('A5');
  });

  it('leaves the product as it was', async () => {
    counted.print(await invariants.end());
  });
});
