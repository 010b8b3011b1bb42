import type { Capabilities, ServiceDefinition } from '../services/index.js';

/** What this module needs to know about the registered services; the module `services` knows it. */
export abstract class ServiceDefinitions {
  /** With its credentials opened. */
  abstract find(serviceId: string): ServiceDefinition | undefined;
  abstract list(): readonly ServiceDefinition[];
}

/** The services that everybody uses with an account of their own, as one person reaches them. */
export abstract class UserDefinitions {
  /** Undefined without credentials of this person. */
  abstract asUsedBy(serviceId: string, userId: string): ServiceDefinition | undefined;
}

/** Where the lists of a service and the verdict on its protocol survive a restart. */
export abstract class Inventory {
  abstract load(serviceId: string): Capabilities | undefined;
  abstract save(serviceId: string, capabilities: Capabilities): Promise<void>;
  /** The lists were read again and are as they were; nothing needs to survive. @param at ISO 8601 */
  abstract confirm(serviceId: string, at: string): void;
}
