import { ProtocolError } from '@modelcontextprotocol/client';
import { hidesCharacters, withoutHidden } from '../../platform/index.js';
import type {
  Capabilities,
  ForeignObject,
  HiddenInWords,
  PromptDefinition,
  ResourceDefinition,
  ResourceTemplateDefinition,
  ServerInfo,
  ToolDefinition,
} from '../../services/index.js';
import type { Connection } from '../connection/connection.js';
import { headeredParams } from '../connection/param-headers.js';
import { LIMITS } from '../limits.js';
import { cut, isObject, sizeOf, tidied } from './item-shape.js';
import { hidesSomething, withPlainWords } from './plain-words.js';

/** Text says why an item is left out. */
type Objection = string | undefined;

interface ListRules<T> {
  method: string;
  /** Under which key the pages carry their items. */
  key: HiddenInWords['list'];
  maxItems: number;
  /** Keys that are words for people and models; hidden characters are taken out of them. */
  words: readonly string[];
  /** What tells two items apart. */
  identify: (item: T) => string;
  object: (item: ForeignObject) => Objection;
  /** Says what goes without saying: clients refuse a whole list in which it is not said. */
  complete: (raw: ForeignObject) => ForeignObject;
}

/**
 * Reads the lists of a service, as foreign text from somebody who may not mean well: bounded in pages, items and bytes,
 * each item looked at, none of them able to spoil the others. What is left out is noted in `leftOut`, what was hidden in words
 * in `hidden`.
 */
export class ListReader {
  readonly leftOut: string[] = [];
  readonly hidden: HiddenInWords[] = [];
  /** For how long the service says that its lists hold; the shortest of them, ms. */
  ttlMs: number | undefined;
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
      words: ['title', 'description'],
      maxItems: LIMITS.tools,
      identify: (tool) => tool.name,
      object: (tool) => objectionToTool(tool) ?? (mirrored ? objectionToHeaders(tool) : undefined),
      complete: withArgumentsAsObject,
    });
  }

  async resources(): Promise<ResourceDefinition[]> {
    if (!this.connection.capabilities.resources) return [];
    return this.collect<ResourceDefinition>({
      method: 'resources/list',
      key: 'resources',
      words: ['name', 'title', 'description'],
      maxItems: LIMITS.resources,
      identify: (resource) => resource.uri,
      object: (resource) => objectionToUri(resource.uri),
      complete: (resource) => named(resource, resource.uri),
    });
  }

  async resourceTemplates(): Promise<ResourceTemplateDefinition[]> {
    if (!this.connection.capabilities.resources) return [];
    try {
      return await this.collect<ResourceTemplateDefinition>({
        method: 'resources/templates/list',
        key: 'resourceTemplates',
        words: ['name', 'title', 'description'],
        maxItems: LIMITS.resources,
        identify: (template) => template.uriTemplate,
        object: (template) => objectionToUri(template.uriTemplate),
        complete: (template) => named(template, template.uriTemplate),
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
      words: ['title', 'description'],
      maxItems: LIMITS.prompts,
      identify: (prompt) => prompt.name,
      object: (prompt) => objectionToName(prompt.name) ?? objectionToArguments(prompt.arguments),
      complete: (prompt) => prompt,
    });
  }

  private async collect<T>(rules: ListRules<T>): Promise<T[]> {
    const found = new Map<string, T>();
    const seen = new Set<string>();
    let cursor: string | undefined;
    for (let page = 1; ; page += 1) {
      const answer = await this.connection.request(rules.method, cursor === undefined ? {} : { cursor }, {
        timeoutMs: Math.max(1, this.deadlineMs - performance.now()),
      });
      this.hearTtl(answer);
      const items = answer[rules.key];
      for (const item of Array.isArray(items) ? (items as unknown[]) : []) this.take(item, rules, found);
      cursor = cursorIn(answer);
      if (cursor === undefined || seen.has(cursor)) break;
      const end = this.reasonToStop(page, cursor, found.size, rules.maxItems);
      if (end) {
        this.note(rules.method, end);
        break;
      }
      seen.add(cursor);
    }
    return [...found.values()];
  }

  private hearTtl({ ttlMs }: ForeignObject): void {
    if (this.connection.era !== 'modern' || typeof ttlMs !== 'number' || !(ttlMs >= 0)) return;
    this.ttlMs = Math.min(ttlMs, this.ttlMs ?? ttlMs);
  }

  private reasonToStop(page: number, cursor: string, count: number, maxItems: number): Objection {
    if (page >= LIMITS.pages) return `everything after page ${LIMITS.pages}`;
    if (count >= maxItems) return `everything after the first ${maxItems}`;
    return cursor.length > LIMITS.cursorChars ? `everything after page ${page}, whose cursor is too long` : undefined;
  }

  private note(method: string, what: string): void {
    if (this.leftOut.length < LIMITS.pages) this.leftOut.push(`${method}: ${what}`);
  }

  private take<T>(raw: unknown, rules: ListRules<T>, found: Map<string, T>): void {
    const plainItem = isObject(raw) ? withPlainWords(rules.complete(raw), rules.words) : undefined;
    const { item, lost } = plainItem ? tidied(plainItem.item) : { lost: [] };
    const objection = item ? (rules.object(item) ?? this.noRoomFor(item, rules, found)) : 'not an object';
    if (!item || objection) return this.note(rules.method, `${labelOf(raw)}: ${objection}`);
    for (const key of lost) this.note(rules.method, `${labelOf(raw)}: its ${key}, which is malformed or too large`);
    const definition = item as T;
    const name = rules.identify(definition);
    if (plainItem?.hidden) this.hidden.push({ list: rules.key, item: name, characters: plainItem.hidden });
    found.set(name, definition);
  }

  private noRoomFor<T>(item: ForeignObject, rules: ListRules<T>, found: Map<string, T>): Objection {
    if (found.has(rules.identify(item as T))) return 'listed twice';
    if (found.size >= rules.maxItems) return `more than ${rules.maxItems}`;
    const bytes = sizeOf(item);
    if (bytes > LIMITS.itemBytes) return `larger than ${LIMITS.itemBytes} bytes`;
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
  const { ttlMs } = reader;
  return {
    ...describe(connection),
    ...lists,
    ...(ttlMs !== undefined && { ttlMs }),
    ...(reader.leftOut.length > 0 && { leftOut: reader.leftOut }),
    ...(reader.hidden.length > 0 && { hidden: reader.hidden }),
  };
}

function describe(connection: Connection): Omit<Capabilities, 'tools' | 'resources' | 'resourceTemplates' | 'prompts'> {
  const { capabilities, discovered } = connection;
  return {
    era: connection.era,
    protocolVersion: connection.protocolVersion,
    transport: connection.kind,
    serverInfo: plainInfo(connection.serverInfo),
    instructions: connection.instructions && cut(plain(connection.instructions)),
    fetchedAt: new Date().toISOString(),
    ...(discovered && { discover: { ...discovered } }),
    supports: {
      completions: capabilities.completions !== undefined,
      resourceSubscriptions: capabilities.resources?.subscribe === true,
      logging: capabilities.logging !== undefined,
    },
  };
}

const plain = (text: string): string => withoutHidden(text).text;

const plainInfo = (info: ServerInfo | null): ServerInfo | null =>
  info && {
    name: plain(info.name),
    version: plain(info.version),
    ...(info.title !== undefined && { title: plain(info.title) }),
  };

function objectionToTool(tool: ForeignObject): Objection {
  if (typeof tool.name !== 'string' || !LIMITS.toolName.test(tool.name)) return 'its name is not allowed';
  if (!isObject(tool.inputSchema)) return 'it has no input schema';
  if (tool.inputSchema.type !== 'object') return 'its arguments are no object';
  if (sizeOf(tool.inputSchema) + sizeOf(tool.outputSchema ?? null) > LIMITS.schemaBytes)
    return 'its schema is too large';
  if (hidesSomething([tool.inputSchema, tool.outputSchema])) return 'its schema hides characters';
  return undefined;
}

/** Arguments are always an object, also for a schema that does not say so. */
function withArgumentsAsObject(tool: ForeignObject): ForeignObject {
  const { inputSchema } = tool;
  if (!isObject(inputSchema) || inputSchema.type !== undefined) return tool;
  return { ...tool, inputSchema: { type: 'object', ...inputSchema } };
}

const named = (item: ForeignObject, fallback: unknown): ForeignObject =>
  typeof item.name === 'string' ? item : { ...item, name: fallback };

const objectionToHeaders = (tool: ForeignObject): Objection =>
  headeredParams(tool.inputSchema) ? undefined : 'its x-mcp-header is invalid';

const objectionToName = (name: unknown): Objection =>
  typeof name === 'string' && name.length > 0 && name.length <= LIMITS.nameChars && !hidesCharacters(name)
    ? undefined
    : 'its name is not allowed';

const objectionToArguments = (args: unknown): Objection =>
  Array.isArray(args) && args.some((each) => isObject(each) && hidesSomething(each.name))
    ? 'the name of an argument hides characters'
    : undefined;

const objectionToUri = (uri: unknown): Objection =>
  typeof uri === 'string' &&
  uri.length > 0 &&
  uri.length <= LIMITS.uriChars &&
  !/\p{Cc}/u.test(uri) &&
  !hidesCharacters(uri)
    ? undefined
    : 'its URI is not allowed';

/** Some services say with an empty cursor that there is no other page. */
const cursorIn = ({ nextCursor }: ForeignObject): string | undefined =>
  typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : undefined;

const labelOf = (raw: unknown): string => {
  const name = isObject(raw) ? (raw.name ?? raw.uri) : undefined;
  return typeof name === 'string' ? name.slice(0, 80) : '?';
};
