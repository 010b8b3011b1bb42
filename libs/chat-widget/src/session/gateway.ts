import {
  Http,
  chatApi,
  type LlmModel,
  type Page,
  type Query,
  type Service,
  type UsableTool,
} from '@gatehouse/api-client';

import { withToken, type TokenKeeper } from './embed-token.js';

/** The part of the REST API that the widget uses, spoken as the person whose embed token it holds. */
export type Gateway = ReturnType<typeof gatewayAt>;

export function gatewayAt(baseUrl: string, tokens: TokenKeeper, language: () => string) {
  const http = new Http({ baseUrl, language, fetch: withToken(tokens, (input, init) => fetch(input, init)) });
  return {
    services: (query: Query = {}) => everyPage<Service>(http, '/api/mcp/services', { usable: true, ...query }),
    tools: () => everyPage<UsableTool>(http, '/api/mcp/tools'),
    models: async () => (await http.get<{ items: LlmModel[] }>('/api/llm/models')).items,
    chat: chatApi(http),
    http,
  };
}

async function everyPage<T>(http: Http, path: string, query: Query = {}): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await http.get<Page<T>>(path, { ...query, limit: 200, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}
