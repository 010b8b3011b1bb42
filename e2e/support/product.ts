import {
  startGatehouse,
  testDatabases,
  type ApiCaller,
  type GatehouseOptions,
  type RunningGatehouse,
} from '@gatehouse/testing';

export const OWNER = { email: 'owner@example.org', password: 'correct horse battery' };

export interface Product {
  gatehouse: RunningGatehouse;
  /** Signed in as the owner. */
  owner: ApiCaller;
}

/**
 * Starts the product with its owner already made, and signs in as the owner. Where DATABASE_URL names a MariaDB server, it
 * gets a schema of its own there.
 */
export async function startProduct(options: GatehouseOptions = {}): Promise<Product> {
  const env = { GATEHOUSE_OWNER_EMAIL: OWNER.email, GATEHOUSE_OWNER_PASSWORD: OWNER.password, ...options.env };
  const [kind] = testDatabases();
  const database = kind && options.dataDir === undefined ? await kind.create() : undefined;
  const gatehouse = await startGatehouse({ ...options, ...(database && { database }), env });
  const owner = gatehouse.caller();
  await owner.login(OWNER.email, OWNER.password);
  return { gatehouse, owner };
}

export interface ServiceView {
  id: string;
  slug: string;
  version: number;
  health: { state: string; code?: string };
  capabilities: { era: string | null; protocolVersion: string | null; transport: string | null; tools: number };
}

type Draft = Record<string, unknown> & { name: string };

const EVERYONE = { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] };

/** Registers a service that everyone may use, unless `draft` says otherwise. */
export const register = (caller: ApiCaller, draft: Draft): Promise<ServiceView> =>
  caller.call<ServiceView>('POST', '/api/mcp/services', { accessControl: EVERYONE, ...draft });

export interface PersonView {
  id: string;
  email: string;
}

/** Creates somebody without any role beyond member, and signs in as them. */
export async function addPerson(product: Product, email: string): Promise<{ person: PersonView; caller: ApiCaller }> {
  const password = 'a sufficiently long one';
  const person = await product.owner.call<PersonView>('POST', '/api/users', { email, displayName: email, password });
  const caller = product.gatehouse.caller();
  await caller.login(email, password);
  return { person, caller };
}

export interface ErrorAnswer {
  error: {
    code: string;
    message: string;
    remedy: string;
    requestId: string;
    fields?: { path: string; message: string }[];
  };
}

/** Sends a request that must be refused, and gives status and body. */
export async function refusal(
  caller: ApiCaller,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<{ status: number } & ErrorAnswer['error']> {
  const response = await caller.fetch(method, path, body, headers);
  const text = await response.text();
  if (response.ok) throw new Error(`${method} ${path} was not refused: ${response.status} ${text.slice(0, 200)}`);
  const { error } = JSON.parse(text) as ErrorAnswer;
  return { status: response.status, ...error };
}
