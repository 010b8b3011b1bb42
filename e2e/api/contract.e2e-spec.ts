import { readFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { CLIENT_TYPES } from '../../scripts/client-types.mjs';
import { startProduct, type Product } from '../support/product.js';

interface Operation {
  operationId?: string;
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, { content?: Record<string, { schema?: unknown }> }>;
}

interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
}

/** What the user asked for by name (R3.2); others script against it. */
const PROMISED = [
  'GET /api/mcp/services',
  'POST /api/mcp/services',
  'GET /api/mcp/services/{id}',
  'PUT /api/mcp/services/{id}',
  'DELETE /api/mcp/services/{id}',
  'POST /api/mcp/services/{id}/test',
  'GET /api/mcp/services/{id}/tools',
  'POST /api/mcp/services/{id}/tools/{tool_name}',
  'GET /api/mcp/services/{id}/resources',
  'GET /api/mcp/services/{id}/resources/{uri}',
  'POST /api/auth/login',
  'GET /api/auth/me',
  'GET /api/auth/api-keys',
  'POST /api/auth/api-keys',
  'GET /api/users',
  'GET /api/groups',
  'POST /api/groups/{id}/members',
  'POST /api/embed/sessions',
  'POST /api/chat/conversations/{id}/messages',
];

describe('the API document', () => {
  let product: Product;
  let document: ApiDocument;

  beforeAll(async () => {
    product = await startProduct();
    document = (await (await fetch(`${product.gatehouse.url}/api/openapi.json`)).json()) as ApiDocument;
  });

  afterAll(() => product.gatehouse.stop());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
    );

  it('is the approved one (after a deliberate change: npm run approve:api)', () => {
    expect(document).toEqual(JSON.parse(readFileSync('e2e/golden/openapi.json', 'utf8')));
  });

  it('is what the client’s types were generated from', async () => {
    const types = astToString(
      await openapiTS(JSON.parse(readFileSync('e2e/golden/openapi.json', 'utf8')), CLIENT_TYPES),
    );
    expect(readFileSync('libs/api-client/src/schema.ts', 'utf8').split('\n').slice(1).join('\n')).toBe(types);
  });

  it('has every promised route', () => {
    const names = operations().map((each) => each.name);
    for (const promised of PROMISED) expect(names).toContain(promised);
  });

  it('names every operation, once', () => {
    const ids = operations().map((each) => each.operation.operationId ?? each.name);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('gives every JSON answer a schema', () => {
    const bare = operations().filter(({ operation }) => {
      const success = Object.entries(operation.responses).filter(
        ([status]) => status.startsWith('2') && status !== '204',
      );
      return success.some(([, answer]) => !Object.values(answer.content ?? {}).some((body) => body.schema));
    });
    expect(bare.map((each) => each.name)).toEqual([]);
  });

  it('is explained in a page that loads', async () => {
    const page = await fetch(`${product.gatehouse.url}/api/docs`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('swagger-ui');
  });
});
