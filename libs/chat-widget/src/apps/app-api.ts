import type { Http } from '@gatehouse/api-client';
import type { AppCallResult, AppPage, AppReadResult } from '@gatehouse/api-client';

/** Whose app it is: the tool call that it shows. */
export interface AppPlace {
  readonly conversationId: string;
  readonly serviceId: string;
  readonly tool: string;
}

/** What an app may have of the gateway, with the person's token; every call is decided, limited and on record there. */
export function appApi(http: Http, { conversationId, serviceId, tool }: AppPlace) {
  const root = `/api/chat/conversations/${[conversationId, 'apps', serviceId, tool].map(encodeURIComponent).join('/')}`;
  return {
    page: (signal: AbortSignal) => http.get<AppPage>(root, {}, signal),
    call: (name: string, args: Record<string, unknown>, signal: AbortSignal) =>
      http.post<AppCallResult>(`${root}/calls`, { tool: name, arguments: args }, signal),
    read: (uri: string, signal: AbortSignal) => http.post<AppReadResult>(`${root}/resources`, { uri }, signal),
  };
}

export type AppApi = ReturnType<typeof appApi>;
