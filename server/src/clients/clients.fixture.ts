import { FAKE_MCP_SERVER_FILE } from '@gatehouse/testing';
import { Logger } from '@nestjs/common';
import { AddressPolicy, Clock, Egress, InProcessEventBus, type DomainEvents } from '../platform/index.js';
import type { Capabilities, ServiceDefinition, ToolDefinition } from '../services/index.js';
import { TransportFactory, type StdioRules } from './connection/transport-factory.js';
import { ClientManager } from './manager/client-manager.js';
import { CommandRoom } from './manager/command-room.js';
import { DEFAULT_SETTINGS, type ClientSettings } from './manager/settings.js';
import { Inventory, ServiceDefinitions, UserDefinitions } from './ports.js';
import { Sandbox } from './transports/sandbox.js';

// Services fail on purpose here; nobody wants to read of it.
Logger.overrideLogger(false);

/** Registered services in memory. */
export class MemoryDefinitions extends ServiceDefinitions {
  private readonly byId = new Map<string, ServiceDefinition>();

  override find(serviceId: string): ServiceDefinition | undefined {
    return this.byId.get(serviceId);
  }

  override list(): readonly ServiceDefinition[] {
    return [...this.byId.values()];
  }

  put(service: ServiceDefinition): ServiceDefinition {
    this.byId.set(service.id, service);
    return service;
  }

  remove(serviceId: string): void {
    this.byId.delete(serviceId);
  }
}

/** Lists in memory. */
export class MemoryInventory extends Inventory {
  private readonly byId = new Map<string, Capabilities>();

  override load(serviceId: string): Capabilities | undefined {
    return this.byId.get(serviceId);
  }

  override save(serviceId: string, capabilities: Capabilities): Promise<void> {
    this.byId.set(serviceId, capabilities);
    return Promise.resolve();
  }

  override confirm(serviceId: string, at: string): void {
    const known = this.byId.get(serviceId);
    if (known) this.byId.set(serviceId, { ...known, fetchedAt: at });
  }
}

/** What people entered for services, in memory: the service as they reach it, by `service:user`. */
export class MemoryUsers extends UserDefinitions {
  readonly definitions = new Map<string, ServiceDefinition>();

  override asUsedBy(serviceId: string, userId: string): ServiceDefinition | undefined {
    return this.definitions.get(`${serviceId}:${userId}`);
  }
}

/** Everything faster than in production, so that no spec waits long for something that is meant to happen. */
export const QUICK: ClientSettings = {
  ...DEFAULT_SETTINGS,
  connectMs: { stdio: 10_000, http: 3_000, websocket: 3_000 },
  checkMs: { stdio: 100, http: 100, websocket: 100 },
  checkTimeoutMs: 500,
  backoff: {
    stdio: { firstMs: 40, maxMs: 100 },
    http: { firstMs: 40, maxMs: 100 },
    websocket: { firstMs: 40, maxMs: 100 },
  },
  settleMs: 10,
  refreshMs: 50,
};

export function aService(change: Partial<ServiceDefinition> = {}): ServiceDefinition {
  return {
    id: 'service-1',
    slug: 'spec',
    name: 'Spec',
    displayName: {},
    description: {},
    category: null,
    tags: [],
    type: 'http',
    url: null,
    config: { connect: 'on-demand' },
    credentials: [],
    enabled: true,
    accessControl: { tools: {} },
    credentialsReadable: true,
    createdBy: null,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    version: 1,
    ...change,
  };
}

/** The fake service as a local command. */
export const aStdioService = (id: string, ...args: string[]): ServiceDefinition =>
  aService({
    id,
    slug: id,
    type: 'stdio',
    config: {
      connect: 'on-demand',
      command: process.execPath,
      args: [FAKE_MCP_SERVER_FILE, ...args],
      cwd: process.cwd(),
    },
  });

export const aTool = (name: string): Pick<ToolDefinition, 'name' | 'inputSchema'> => ({
  name,
  inputSchema: { type: 'object' },
});

/** Local commands as on a machine for development. */
export const ANY_COMMAND: StdioRules = { run: 'unsandboxed', packages: 'fetch' };

/** A manager with real transports over services that live in memory. */
export function aManager(settings: Partial<ClientSettings> = {}, sandbox = new Sandbox(), room = new CommandRoom()) {
  const egress = new Egress(new AddressPolicy(['loopback']));
  const definitions = new MemoryDefinitions();
  const inventory = new MemoryInventory();
  const users = new MemoryUsers();
  const bus = new InProcessEventBus();
  const factory = new TransportFactory(egress, sandbox, ANY_COMMAND, process.env, room);
  const manager = new ClientManager(definitions, inventory, factory, users, bus, new Clock(), {
    ...QUICK,
    ...settings,
  });
  const health: DomainEvents['service.health'][] = [];
  const capabilityChanges: string[] = [];
  bus.subscribe('service.health', (event) => void health.push(event));
  bus.subscribe('service.capabilities', ({ serviceId }) => void capabilityChanges.push(serviceId));
  manager.onApplicationBootstrap();
  const end = async (): Promise<void> => {
    await manager.onApplicationShutdown();
    await egress.onApplicationShutdown();
  };
  return { manager, definitions, inventory, users, bus, factory, health, capabilityChanges, end };
}
