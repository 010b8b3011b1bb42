/**
 * What a service offers, as it described itself when last asked. Foreign text throughout: data, never markup or
 * policy.
 */

export type Era = 'modern' | 'legacy';
export type UpstreamTransport = 'stdio' | 'streamable-http' | 'sse' | 'websocket';

/** A JSON object that came from a service and is passed on as it is. */
export type ForeignObject = Readonly<Record<string, unknown>>;

export interface ServerInfo {
  readonly name: string;
  readonly version: string;
  readonly title?: string;
}

/** What every item of a list may carry; keys that no revision knows yet are kept beside these. */
interface Described {
  readonly title?: string;
  readonly description?: string;
  readonly icons?: readonly ForeignObject[];
  readonly _meta?: ForeignObject;
}

export interface ToolDefinition extends Described {
  readonly name: string;
  readonly inputSchema: ForeignObject;
  readonly outputSchema?: ForeignObject;
  readonly annotations?: ForeignObject;
  /** 2025-11-25: `taskSupport` says whether it can, or must, be called as a task. */
  readonly execution?: ForeignObject;
}

export interface ResourceDefinition extends Described {
  readonly uri: string;
  readonly name: string;
  readonly mimeType?: string;
  /** Of the raw content, bytes. */
  readonly size?: number;
  readonly annotations?: ForeignObject;
}

export interface ResourceTemplateDefinition extends Described {
  readonly uriTemplate: string;
  readonly name: string;
  readonly mimeType?: string;
  readonly annotations?: ForeignObject;
}

export interface PromptArgument {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly required?: boolean;
}

export interface PromptDefinition extends Described {
  readonly name: string;
  readonly arguments?: readonly PromptArgument[];
}

/** A name that a list has twice counts once: the first. Pure. */
export const distinctByName = <T extends { readonly name: string }>(items: readonly T[]): T[] => [
  ...new Map(items.toReversed().map((item) => [item.name, item])).values(),
];

/** What a service announced to be able to do beyond its lists. */
export interface Support {
  readonly completions: boolean;
  readonly resourceSubscriptions: boolean;
  readonly logging: boolean;
}

/** Characters that nobody sees, taken out of the words of an item. */
export interface HiddenInWords {
  readonly list: 'tools' | 'resources' | 'resourceTemplates' | 'prompts';
  /** Its name or its URI. */
  readonly item: string;
  readonly characters: number;
}

/** The column `capabilities`: the verdict on the protocol, so that no start needs a probe, and the lists. */
export interface Capabilities {
  readonly era: Era;
  readonly protocolVersion: string;
  readonly transport: UpstreamTransport;
  readonly serverInfo: ServerInfo | null;
  readonly instructions: string | null;
  readonly tools: readonly ToolDefinition[];
  readonly resources: readonly ResourceDefinition[];
  readonly resourceTemplates: readonly ResourceTemplateDefinition[];
  readonly prompts: readonly PromptDefinition[];
  /** ISO 8601. */
  readonly fetchedAt: string;
  /** For how long a modern service says that its lists hold, the shortest of them, ms; it may say anything. */
  readonly ttlMs?: number;
  /** The service's answer to `server/discover` when it is modern: adopting it makes connecting free of round trips. */
  readonly discover?: ForeignObject;
  readonly supports?: Support;
  /** Parts of the lists that were left out because they break a limit, one line each. */
  readonly leftOut?: readonly string[];
  readonly hidden?: readonly HiddenInWords[];
}
