import { readFileSync } from 'node:fs';
import { startProduct, type Product } from '../support/product.js';

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  additionalProperties?: unknown;
}

interface Route {
  method: string;
  path: string;
  body: Schema | undefined;
}

const document = JSON.parse(readFileSync('e2e/golden/openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  components: { schemas: Record<string, Schema> };
};

/** They take other credentials, or would sign the story's own caller out. */
const LEFT_OUT = ['POST /api/auth/logout', 'POST /api/embed/sessions'];

const routes: Route[] = Object.entries(document.paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      body: resolve(operation.requestBody?.content['application/json']?.schema),
    })),
  )
  .filter((route) => !LEFT_OUT.includes(`${route.method} ${route.path}`));

const withBody = routes
  .filter((route) => route.body?.properties)
  .map((route) => [`${route.method} ${route.path}`, route] as const);

function resolve(schema: Schema | undefined): Schema | undefined {
  return schema?.$ref ? document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] : schema;
}

/** Ids that exist nowhere: a right body must then be answered with 404 and never with 500. */
const concrete = (path: string): string => path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');

/** A value that the field cannot take. */
function wrongValue(schema: Schema): unknown {
  const type = resolve(schema)?.type ?? schema.type;
  if (type === 'string') return { $ne: 1 };
  if (type === 'array') return 'not a list';
  return ['neither'];
}

describe('bad input, for every route that takes a body', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct({ env: { GATEHOUSE_CALLS_PER_MINUTE: '100000', LOG_LEVEL: 'error' } });
  });

  afterAll(async () => {
    expect(product.gatehouse.logs).not.toContain('"level":"error"');
    await product.gatehouse.stop();
  });

  const send = async (route: Route, body: unknown, headers?: Record<string, string>) => {
    const response = await product.owner.fetch(route.method, concrete(route.path), body, headers);
    const text = await response.text();
    return {
      status: response.status,
      code: text ? (JSON.parse(text) as { error?: { code: string } }).error?.code : undefined,
      text,
    };
  };

  it.each(withBody)('%s refuses unknown fields', async (_name, route) => {
    const answer = await send(route, { isAdmin: true, __proto__x: 1 });
    expect(answer).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(answer.text).toContain('isAdmin');
  });

  it.each(withBody)('%s refuses the wrong type in each field, by the field’s name', async (_name, route) => {
    for (const [field, schema] of Object.entries(route.body?.properties ?? {})) {
      if (isFree(schema)) continue;
      const answer = await send(route, { [field]: wrongValue(schema) });
      expect({ field, status: answer.status, code: answer.code }).toEqual({
        field,
        status: 400,
        code: 'validation_failed',
      });
      expect(answer.text).toContain(`"path":"${field}`);
    }
  });

  it.each(withBody)('%s refuses a body without its required fields', async (_name, route) => {
    for (const field of route.body?.required ?? []) {
      const answer = await send(route, {});
      expect(answer).toMatchObject({ status: 400, code: 'validation_failed' });
      expect(answer.text).toContain(`"path":"${field}`);
    }
  });

  it.each(withBody)('%s refuses texts of seventy thousand characters', async (_name, route) => {
    for (const [field, schema] of Object.entries(route.body?.properties ?? {})) {
      if (schema.type !== 'string' || field === 'text') continue;
      expect(await send(route, { [field]: 'x'.repeat(70_000) })).toMatchObject({
        status: 400,
        code: 'validation_failed',
      });
    }
  });

  it.each(withBody)('%s refuses lists, null and scalars as the body', async (_name, route) => {
    for (const body of [[], null, 'text', 7]) {
      expect((await send(route, body)).status).toBe(400);
    }
  });

  it.each(withBody)('%s refuses a form post', async (_name, route) => {
    expect(await send(route, {}, { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
    });
  });

  /** Free JSON: tool arguments and the like. */
  const isFree = (schema: Schema): boolean =>
    schema.type === undefined && !schema.$ref ? true : schema.type === 'object';
});

describe('bad input in general', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });

  afterAll(() => product.gatehouse.stop());

  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s refuses a stranger or is public',
    async (name, route) => {
      const response = await product.gatehouse
        .caller()
        .fetch(route.method, concrete(route.path), route.body ? {} : undefined);
      const open = ['/health/', '/api/setup', '/api/auth/login'].some((prefix) => route.path.startsWith(prefix));
      if (!open) expect({ name, status: response.status }).toEqual({ name, status: 401 });
      await response.body?.cancel();
    },
  );

  it.each(
    routes
      .filter((route) => route.path.includes('{'))
      .map((route) => [`${route.method} ${route.path}`, route] as const),
  )('%s answers 404 for what does not exist', async (_name, route) => {
    const response = await product.owner.fetch(route.method, concrete(route.path), route.body ? {} : undefined);
    expect([404, 400]).toContain(response.status);
    await response.body?.cancel();
  });

  it('refuses broken JSON, with a code', async () => {
    const response = await fetch(`${product.gatehouse.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"email":',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'bad_request' } });
  });

  it('refuses a body of two megabytes', async () => {
    const response = await product.owner.fetch('POST', '/api/groups', { name: 'x'.repeat(2_000_000) });
    expect(response.status).toBe(413);
  });

  it('answers in the reader’s language', async () => {
    const response = await product.owner.fetch('GET', '/api/users/none', undefined, { 'accept-language': 'zh-CN' });
    expect(await response.json()).toMatchObject({ error: { message: '此处没有您可以查看的内容。' } });
  });

  it('refuses a change with a stale version and names the way out', async () => {
    const group = await product.owner.call<{ id: string; version: number }>('POST', '/api/groups', {
      name: 'Versions',
    });
    await product.owner.call('PUT', `/api/groups/${group.id}`, { name: 'Versions 2', version: group.version });
    const response = await product.owner.fetch('PUT', `/api/groups/${group.id}`, {
      name: 'Versions 3',
      version: group.version,
    });
    expect(response.status).toBe(412);
    expect(await response.json()).toMatchObject({ error: { code: 'stale_version' } });
  });

  it.each(['?limit=0', '?limit=201', '?limit=ten', '?cursor=forged', '?nonsense=1'])(
    'refuses the query %s',
    async (query) => {
      const response = await product.owner.fetch('GET', `/api/users${query}`);
      expect(response.status).toBe(400);
    },
  );

  it('refuses a change from another site, although the browser sends the cookie', async () => {
    const response = await product.owner.fetch(
      'POST',
      '/api/groups',
      { name: 'Forged' },
      { origin: 'https://evil.example' },
    );
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'csrf_refused' } });
  });
});
