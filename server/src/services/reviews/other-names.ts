import type { ToolDefinition } from '../capabilities/capabilities.js';
import type { CapabilityStore } from '../capabilities/capability-store.js';
import type { ServiceDirectory } from '../registry/service-directory.js';

/** Between the slug of a service and the name of its tool. */
const JOINT = '__';

/** Knows whose tools are called what. */
export class OtherNames {
  private readonly names = new WeakMap<readonly ToolDefinition[], ReadonlySet<string>>();

  constructor(
    private readonly services: Pick<ServiceDirectory, 'list'>,
    private readonly capabilities: Pick<CapabilityStore, 'load'>,
  ) {}

  /** Whether another service offers a tool of that name, its own or its public one, and this one does not. */
  isOfOthers(serviceId: string, name: string): boolean {
    if (this.namesIn(serviceId).has(name)) return false;
    return this.services
      .list()
      .some(
        ({ id, slug }) =>
          id !== serviceId &&
          (this.namesIn(id).has(name) ||
            (name.startsWith(slug + JOINT) && this.namesIn(id).has(name.slice(slug.length + JOINT.length)))),
      );
  }

  private namesIn(serviceId: string): ReadonlySet<string> {
    const tools = this.capabilities.load(serviceId)?.tools ?? [];
    const known = this.names.get(tools);
    if (known) return known;
    const names = new Set(tools.map(({ name }) => name));
    this.names.set(tools, names);
    return names;
  }
}
