import type { ServerEvent, ServerEventBus } from '@modelcontextprotocol/server';
import { AppError } from '../../platform/index.js';
import type { McpCaller } from '../caller.js';
import type { ChangedList, ListWatch } from '../list-watch.js';
import type { ResourceWatching } from '../surface/resource-watching.js';

/** How many resources one stream may be about. */
const MAX_RESOURCES = 50;

const EVENTS = {
  tools: { kind: 'tools_list_changed' },
  resources: { kind: 'resources_list_changed' },
  prompts: { kind: 'prompts_list_changed' },
} as const satisfies Record<ChangedList, ServerEvent>;

type Json = Record<string, unknown>;

/** What one `subscriptions/listen` hears. The SDK's own bus knows no principal, so each stream has a bus of its own. */
export class Subscription implements ServerEventBus {
  private readonly ends: (() => void)[] = [];
  private listener: ((event: ServerEvent) => void) | undefined;

  constructor(
    private readonly caller: McpCaller,
    private readonly lists: ListWatch,
    private readonly resources: ResourceWatching,
    private readonly onRevoked: () => void,
  ) {}

  /**
   * Begins to watch the resources that the request names, and leaves out of it those that cannot be watched, so that what
   * is acknowledged is what will come. A body of any other shape is left to the SDK to refuse.
   */
  narrowed(body: Json): Json {
    const params = asObject(body['params']);
    const notifications = asObject(params?.['notifications']);
    const uris = notifications?.['resourceSubscriptions'];
    if (!params || !notifications || !Array.isArray(uris)) return body;
    const wanted = [...new Set(uris)].filter((uri) => typeof uri === 'string').slice(0, MAX_RESOURCES);
    const resourceSubscriptions = wanted.filter((uri) => this.follow(uri));
    return { ...body, params: { ...params, notifications: { ...notifications, resourceSubscriptions } } };
  }

  publish(): void {
    throw new Error('Nobody publishes here: the events come from watching.');
  }

  subscribe(listener: (event: ServerEvent) => void): () => void {
    this.listener = listener;
    const { onRevoked } = this;
    this.ends.push(this.lists.watch(this.caller, { onChanged: (list) => listener(EVENTS[list]), onRevoked }));
    return () => this.close();
  }

  close(): void {
    this.listener = undefined;
    for (const end of this.ends.splice(0)) end();
  }

  /** A change of a part is told as a change of the resource that was asked for: the client filters by it. */
  private follow(uri: string): boolean {
    try {
      const onUpdated = (): void => this.listener?.({ kind: 'resource_updated', uri });
      this.ends.push(this.resources.watch(this.caller, uri, onUpdated));
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }
}

const asObject = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
