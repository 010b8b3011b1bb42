import type { Http, Query } from './http.js';
import type { ChatMessage, ChatTurn, Conversation, ConversationChange, ConversationDraft, Page } from './types.js';

const ROOT = '/api/chat/conversations';
const at = (conversationId: string) => `${ROOT}/${encodeURIComponent(conversationId)}`;

/** Own conversations. `send` gives an event stream: read its body with `readEvents`. */
export const chatApi = (http: Http) => ({
  list: (query: Query = {}, signal?: AbortSignal) => http.get<Page<Conversation>>(ROOT, query, signal),
  get: (conversationId: string) => http.get<Conversation>(at(conversationId)),
  create: (draft: ConversationDraft) => http.post<Conversation>(ROOT, draft),
  change: (conversationId: string, change: ConversationChange) => http.patch<Conversation>(at(conversationId), change),
  remove: (conversationId: string) => http.delete(at(conversationId)),
  messages: (conversationId: string, query: Query = {}, signal?: AbortSignal) =>
    http.get<Page<ChatMessage>>(`${at(conversationId)}/messages`, query, signal),
  send: (conversationId: string, turn: ChatTurn, signal?: AbortSignal) =>
    http.open('POST', `${at(conversationId)}/messages`, { body: turn, signal }, 'text/event-stream'),
  stop: (conversationId: string) => http.post<void>(`${at(conversationId)}/stop`),
});

export type ChatApi = ReturnType<typeof chatApi>;
