import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiCaller } from '@gatehouse/testing';
import { GatewayEdge } from '../gateway/index.js';
import { readConfig } from '../platform/index.js';
import { createProduct } from '../product.js';

const OWNER = { email: 'owner@example.org', password: 'correct horse battery' };

/** Of everybody whom `addPerson` made. */
export const PASSWORD = 'a sufficiently long one';

/** Somebody with a key of their own. */
export interface Person {
  id: string;
  email: string;
  /** Signed in with the key. */
  key: string;
}

/** The whole product inside the test's process, on a free port and with data of its own. */
export class RunningProduct {
  private constructor(
    readonly url: string,
    readonly app: NestExpressApplication,
    readonly owner: ApiCaller,
    private readonly server: Server,
    private readonly dataDir: string,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<RunningProduct> {
    const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-edge-'));
    const config = readConfig({
      GATEHOUSE_DATA_DIR: dataDir,
      GATEHOUSE_OWNER_EMAIL: OWNER.email,
      GATEHOUSE_OWNER_PASSWORD: OWNER.password,
      GATEHOUSE_CALLS_PER_MINUTE: '0',
      ...environment,
    });
    const { app, listener, upgrader } = await createProduct(config, process.env['SPEC_LOG'] ? undefined : false);
    const server = createServer(listener);
    if (upgrader) server.on('upgrade', upgrader);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const owner = new ApiCaller(url);
    await owner.login(OWNER.email, OWNER.password);
    return new RunningProduct(url, app, owner, server, dataDir);
  }

  async stop(): Promise<void> {
    await this.app.get(GatewayEdge).close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.app.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Registers a service at `url` that nobody may use yet, and waits until its lists are there. */
  async addService(slug: string, url?: string, fields: object = {}): Promise<string> {
    const { id } = await this.owner.call<{ id: string }>('POST', '/api/mcp/services', {
      name: slug,
      slug,
      type: 'http',
      ...(url && { url }),
      ...fields,
    });
    await this.owner.call('POST', `/api/mcp/services/${id}/reconnect`);
    return id;
  }

  async addPerson(name: string, roles = ['member']): Promise<Person> {
    const email = `${name}@example.org`;
    const { id } = await this.owner.call<{ id: string }>('POST', '/api/users', {
      email,
      displayName: name,
      password: PASSWORD,
      roles,
    });
    const caller = new ApiCaller(this.url);
    await caller.login(email, PASSWORD);
    const { secret } = await caller.withApiKey({ name: 'spec' });
    return { id, email, key: secret };
  }

  /** The REST API with the person's key. */
  callerOf(person: Person): ApiCaller {
    return new ApiCaller(this.url, person.key);
  }

  /** Lets, or forbids, somebody to use a service or one of its tools. @returns the grant's id */
  async grant(person: Person, serviceId: string, tool?: string, effect = 'allow'): Promise<string> {
    const subject = { kind: 'user', id: person.id };
    const grant = { subject, serviceId, effect, ...(tool && { tool }) };
    return (await this.owner.call<{ id: string }>('POST', '/api/mcp/grants', grant)).id;
  }

  /** A bare POST to an MCP endpoint, for what no client would send. */
  post(key: string | undefined, body: unknown, headers: Record<string, string> = {}, path = '/mcp'): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(key && { authorization: `Bearer ${key}` }),
        ...headers,
      },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
  }
}
