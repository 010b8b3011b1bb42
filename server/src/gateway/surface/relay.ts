import {
  isSpecType,
  type CallToolResult,
  type ContentBlock,
  type GetPromptResult,
  type ReadResourceResult,
} from '@modelcontextprotocol/server';
import type { Question } from '../../clients/index.js';
import type { Addresses } from '../catalogue/addresses.js';

/** Keys of `_meta` that describe one hop of the protocol and mean nothing on the next. */
const HOP_META = 'io.modelcontextprotocol/';

/** Which service answered, and how the endpoint writes its URIs. */
export interface Place {
  readonly slug: string;
  readonly addresses: Addresses;
}

const publicUri = (uri: string, { slug, addresses }: Place): string => addresses.toPublic({ slug, uri });

/** A service's answer to a tool call, for our own client: its resources under our addresses, nothing of the other hop. Pure. */
export const relayedToolResult = (result: CallToolResult, place: Place): CallToolResult => ({
  ...withoutHop(result),
  content: result.content.map((block) => relayedBlock(block, place)),
});

export const relayedPrompt = (result: GetPromptResult, place: Place): GetPromptResult => ({
  ...withoutHop(result),
  messages: result.messages.map((message) => ({ ...message, content: relayedBlock(message.content, place) })),
});

export const relayedContents = (result: ReadResourceResult, place: Place): ReadResourceResult => ({
  ...withoutHop(result),
  contents: result.contents.map((each) => ({ ...each, uri: publicUri(each.uri, place) })),
});

/** A service's question: resources that it shows a model in results of tools are under our addresses too. */
export function relayedQuestion({ method, params }: Question, place: Place): Question {
  const { messages } = params;
  if (method !== 'sampling/createMessage' || !Array.isArray(messages)) return { method, params };
  return { method, params: { ...params, messages: messages.map((each: unknown) => relayedMessage(each, place)) } };
}

function relayedMessage(message: unknown, place: Place): unknown {
  if (!hasContent(message)) return message;
  const { content } = message;
  const relayed = (block: unknown): unknown =>
    hasContent(block) && Array.isArray(block.content)
      ? { ...block, content: block.content.map((each: unknown) => (isBlock(each) ? relayedBlock(each, place) : each)) }
      : block;
  return { ...message, content: Array.isArray(content) ? content.map(relayed) : relayed(content) };
}

/** Nobody has checked what a question shows. */
const isBlock = (value: unknown): value is ContentBlock => isSpecType.ContentBlock(value);

const hasContent = (value: unknown): value is { content: unknown } =>
  typeof value === 'object' && value !== null && 'content' in value;

function relayedBlock<T extends ContentBlock>(block: T, place: Place): T {
  if (block.type === 'resource_link') return { ...block, uri: publicUri(block.uri, place) };
  if (block.type !== 'resource') return block;
  return { ...block, resource: { ...block.resource, uri: publicUri(block.resource.uri, place) } };
}

/** What a service says about caching is about its own hop: whether others may share an answer is ours to say. */
function withoutHop<T extends { _meta?: Record<string, unknown> | undefined }>(result: T): T {
  const { _meta, resultType: _, ttlMs: __, cacheScope: ___, ...kept } = result as T & Record<string, unknown>;
  if (!_meta) return kept as unknown as T;
  const meta = Object.entries(_meta).filter(([key]) => !key.startsWith(HOP_META));
  return { ...kept, ...(meta.length > 0 && { _meta: Object.fromEntries(meta) }) } as unknown as T;
}
