import { ProtocolError } from '@modelcontextprotocol/client';
import type {
  Capabilities,
  ForeignObject,
  PromptDefinition,
  ResourceDefinition,
  ResourceTemplateDefinition,
  ToolDefinition,
} from '../../services/index.js';
import type { Connection } from '../connection/connection.js';
import { headeredParams } from '../connection/param-headers.js';
import { LIMITS } from '../limits.js';

/** Text says why an item is left out. */
type Objection = string | undefined;

interface ListRules<T> {
  method: string;
  /** Under which key the pages carry their items. */
  key: string;
  maxItems: number;
  /** What tells two items apart. */
  identify: (item: T) => string;
  object: (item: ForeignObject) => Objection;
}

/**
 * Reads the lists of a service, as foreign text from somebody who may not mean well: bounded in pages, items and bytes,
 * each item looked at, none of them able to spoil the others. What is left out is noted in `leftOut`.
 */
export class ListReader {
  readonly leftOut: string[] = [];
  private bytesLeft: number = LIMITS.listBytes;
  private readonly deadlineMs: number;

  constructor(
    private readonly connection: Connection,
    timeoutMs: number = LIMITS.listMs,
  ) {
    this.deadlineMs = performance.now() + timeoutMs;
  }

  /** @throws what `Connection.request` throws */
  async tools(): Promise<ToolDefinition[]> {
    if (!this.connection.capabilities.tools) return [];
    const mirrored = this.connection.era === 'modern' && this.connection.kind === 'streamable-http';
    return this.collect<ToolDefinition>({
      method: 'tools/list',
      key: 'tools',
      maxItems: LIMITS.tools,
      identify: (tool) => tool.name,
      object: (tool) => objectionToTool(tool) ?? (mirrored ? objectionToHeaders(tool) : undefined),
    });
  }

  async resources(): Promise<ResourceDefinition[]> {
    if (!this.connection.capabilities.resources) return [];
    return this.collect<ResourceDefinition>({
      method: 'resources/list',
      key: 'resources',
      maxItems: LIMITS.resources,
      identify: (resource) => resource.uri,
      object: (resource) => objectionToUri(resource.uri),
    });
  }

  async resourceTemplates(): Promise<ResourceTemplateDefinition[]> {
    if (!this.connection.capabilities.resources) return [];
    try {
      return await this.collect<ResourceTemplateDefinition>({
        method: 'resources/templates/list',
        key: 'resourceTemplates',
        maxItems: LIMITS.resources,
        identify: (template) => template.uriTemplate,
        object: (template) => objectionToUri(template.uriTemplate),
      });
    } catch (error) {
      // Many services have resources and never heard of templates.
      if (error instanceof ProtocolError) return [];
      throw error;
    }
  }

  async prompts(): Promise<PromptDefinition[]> {
    if (!this.connection.capabilities.prompts) return [];
    return this.collect<PromptDefinition>({
      method: 'prompts/list',
      key: 'prompts',
      maxItems: LIMITS.prompts,
      identify: (prompt) => prompt.name,
      object: (prompt) => objectionToName(prompt.name),
    });
  }

  private async collect<T>(rules: ListRules<T>): Promise<T[]> {
    const found = new Map<string, T>();
    let cursor: string | undefined;
    const seen = new Set<string>();
    for (let page = 1; ; page += 1) {
      const answer = await this.connection.request(rules.method, cursor === undefined ? {} : { cursor }, {
        timeoutMs: Math.max(1, this.deadlineMs - performance.now()),
      });
      const items = Array.isArray(answer[rules.key]) ? (answer[rules.key] as unknown[]) : [];
      for (const item of items) this.take(item, rules, found);
      cursor = typeof answer.nextCursor === 'string' ? answer.nextCursor : undefined;
      if (cursor === undefined || seen.has(cursor) || found.size >= rules.maxItems) break;
      if (page >= LIMITS.pages) {
        this.leftOut.push(`${rules.method}: everything after page ${LIMITS.pages}`);
        break;
      }
      seen.add(cursor);
    }
    return [...found.values()];
  }

  private take<T>(raw: unknown, rules: ListRules<T>, found: Map<string, T>): void {
    const item = isObject(raw) ? shortened(raw) : undefined;
    const objection = item ? (rules.object(item) ?? this.noRoomFor(item, rules, found)) : 'not an object';
    if (!item || objection) {
      if (this.leftOut.length < LIMITS.pages) this.leftOut.push(`${rules.method}: ${labelOf(raw)}: ${objection}`);
      return;
    }
    const definition = item as T;
    found.set(rules.identify(definition), definition);
  }

  private noRoomFor<T>(item: ForeignObject, rules: ListRules<T>, found: Map<string, T>): Objection {
    if (found.has(rules.identify(item as T))) return 'listed twice';
    if (found.size >= rules.maxItems) return `more than ${rules.maxItems}`;
    const bytes = sizeOf(item);
    if (bytes > this.bytesLeft) return `all lists together exceed ${LIMITS.listBytes} bytes`;
    this.bytesLeft -= bytes;
    return undefined;
  }
}

/** Everything that `connection` offers, read list by list. */
export async function readCapabilities(
  connection: Connection,
  timeoutMs: number = LIMITS.listMs,
): Promise<Capabilities> {
  const reader = new ListReader(connection, timeoutMs);
  await connection.rediscover(timeoutMs);
  const lists = {
    tools: await reader.tools(),
    resources: await reader.resources(),
    resourceTemplates: await reader.resourceTemplates(),
    prompts: await reader.prompts(),
  };
  return { ...describe(connection), ...lists, ...(reader.leftOut.length > 0 && { leftOut: reader.leftOut }) };
}

function describe(connection: Connection): Omit<Capabilities, 'tools' | 'resources' | 'resourceTemplates' | 'prompts'> {
  const { capabilities, discovered } = connection;
  return {
    era: connection.era,
    protocolVersion: connection.protocolVersion,
    transport: connection.kind,
    serverInfo: connection.serverInfo,
    instructions: connection.instructions && cut(connection.instructions),
    fetchedAt: new Date().toISOString(),
    ...(discovered && { discover: { ...discovered } }),
    supports: {
      completions: capabilities.completions !== undefined,
      resourceSubscriptions: capabilities.resources?.subscribe === true,
      logging: capabilities.logging !== undefined,
    },
  };
}

function objectionToTool(tool: ForeignObject): Objection {
  if (typeof tool.name !== 'string' || !LIMITS.toolName.test(tool.name)) return 'its name is not allowed';
  if (!isObject(tool.inputSchema)) return 'it has no input schema';
  if (sizeOf(tool.inputSchema) + sizeOf(tool.outputSchema ?? null) > LIMITS.schemaBytes)
    return 'its schema is too large';
  return undefined;
}

const objectionToHeaders = (tool: ForeignObject): Objection =>
  headeredParams(tool.inputSchema) ? undefined : 'its x-mcp-header is invalid';

const objectionToName = (name: unknown): Objection =>
  typeof name === 'string' && name.length > 0 && name.length <= LIMITS.nameChars
    ? undefined
    : 'its name is not allowed';

const objectionToUri = (uri: unknown): Objection =>
  typeof uri === 'string' && uri.length > 0 && uri.length <= LIMITS.uriChars ? undefined : 'its URI is not allowed';

/** A description that is too long is cut rather than costing the item. */
function shortened(item: ForeignObject): ForeignObject {
  const { description } = item;
  return typeof description === 'string' && description.length > LIMITS.descriptionBytes
    ? { ...item, description: cut(description) }
    : item;
}

const cut = (text: string): string =>
  text.length > LIMITS.descriptionBytes ? `${text.slice(0, LIMITS.descriptionBytes)}…` : text;

const labelOf = (raw: unknown): string => {
  const name = isObject(raw) ? (raw.name ?? raw.uri) : undefined;
  return typeof name === 'string' ? name.slice(0, 80) : '?';
};

const isObject = (value: unknown): value is ForeignObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
