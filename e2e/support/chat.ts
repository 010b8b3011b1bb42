import { readEvents } from '@gatehouse/api-client';
import type { ApiCaller } from '@gatehouse/testing';

/** One chunk of the AI SDK's UI message stream, as far as stories look at it. */
export interface Chunk {
  type: string;
  delta?: string;
  errorText?: string;
  toolName?: string;
  output?: unknown;
  data?: { state?: string; error?: { code: string; message: string; act?: string } };
}

/** Sends one turn and gathers the whole answer. */
export async function say(caller: ApiCaller, conversationId: string, turn: object, language = 'en'): Promise<Chunk[]> {
  const path = `/api/chat/conversations/${conversationId}/messages`;
  const response = await caller.fetch('POST', path, turn, { 'accept-language': language });
  if (!response.ok || !response.body) throw new Error(`${path} → ${response.status} ${await response.text()}`);
  const chunks: Chunk[] = [];
  for await (const { data } of readEvents(response.body)) {
    if (data !== '[DONE]') chunks.push(JSON.parse(data) as Chunk);
  }
  return chunks;
}

export const textOf = (chunks: readonly Chunk[]): string =>
  chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');

/** The last state of each call card. */
export const cardsOf = (chunks: readonly Chunk[]): NonNullable<Chunk['data']>[] => {
  const byId = new Map(
    chunks.filter((chunk) => chunk.type === 'data-call').map((chunk) => [(chunk as { id?: string }).id, chunk.data]),
  );
  return [...byId.values()].flatMap((data) => data ?? []);
};
