import type { CallToolResult, ContentBlock, GetPromptResult, ReadResourceResult } from '@modelcontextprotocol/server';
import { toPublicUri } from './resource-uri.js';

/** Keys of `_meta` that describe one hop of the protocol and mean nothing on the next. */
const HOP_META = 'io.modelcontextprotocol/';

/** A service's answer to a tool call, for our own client: its resources under our addresses, nothing of the other hop. Pure. */
export const relayedToolResult = (result: CallToolResult, slug: string): CallToolResult => ({
  ...withoutHop(result),
  content: result.content.map((block) => relayedBlock(block, slug)),
});

export const relayedPrompt = (result: GetPromptResult, slug: string): GetPromptResult => ({
  ...withoutHop(result),
  messages: result.messages.map((message) => ({ ...message, content: relayedBlock(message.content, slug) })),
});

export const relayedContents = (result: ReadResourceResult, slug: string): ReadResourceResult => ({
  ...withoutHop(result),
  contents: result.contents.map((each) => ({ ...each, uri: toPublicUri({ slug, uri: each.uri }) })),
});

function relayedBlock<T extends ContentBlock>(block: T, slug: string): T {
  if (block.type === 'resource_link') return { ...block, uri: toPublicUri({ slug, uri: block.uri }) };
  if (block.type !== 'resource') return block;
  return { ...block, resource: { ...block.resource, uri: toPublicUri({ slug, uri: block.resource.uri }) } };
}

/** What a service says about caching is about its own hop: whether others may share an answer is ours to say. */
function withoutHop<T extends { _meta?: Record<string, unknown> | undefined }>(result: T): T {
  const { _meta, ...rest } = result;
  const kept: Record<string, unknown> = { ...rest };
  for (const key of ['resultType', 'ttlMs', 'cacheScope']) delete kept[key];
  const meta = Object.entries(_meta ?? {}).filter(([key]) => !key.startsWith(HOP_META));
  return { ...kept, ...(meta.length > 0 && { _meta: Object.fromEntries(meta) }) } as T;
}
