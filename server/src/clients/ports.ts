import type { Capabilities, ForeignObject, ServiceDefinition } from '../services/index.js';

/** What a service announced to be able to do beyond its lists. */
export interface Support {
  readonly completions: boolean;
  readonly resourceSubscriptions: boolean;
  readonly logging: boolean;
}

/** What is remembered of a service, so that the next start needs no probe and lists can be shown without a connection. */
export interface KnownCapabilities extends Capabilities {
  /** The service's answer to `server/discover` when it is modern: adopting it makes connecting free of round trips. */
  readonly discover?: ForeignObject;
  readonly supports?: Support;
  /** Parts of the lists that were left out because they break a limit, one line each. */
  readonly leftOut?: readonly string[];
}

/** What this module needs to know about the registered services; the module `services` knows it. */
export abstract class ServiceDefinitions {
  /** By id; with its credentials opened. */
  abstract find(serviceId: string): ServiceDefinition | undefined;
  abstract list(): readonly ServiceDefinition[];
}

/** Where the lists of a service and the verdict on its protocol survive a restart. */
export abstract class CapabilityStore {
  abstract load(serviceId: string): KnownCapabilities | undefined;
  abstract save(serviceId: string, capabilities: KnownCapabilities): Promise<void>;
}
