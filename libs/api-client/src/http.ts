import { ApiError } from './api-error.js';

/** Values of a query string; undefined, null and '' are left out. */
export type Query = Record<string, string | number | boolean | null | undefined>;

export interface HttpOptions {
  /** Prefix of every path, for example `https://gateway.example`; default: the page's own origin. */
  baseUrl?: string;
  /** Sent as Accept-Language, asked anew for each request. */
  language?: () => string;
  /** Further headers, asked anew for each request; for example a bearer token. */
  headers?: () => Record<string, string>;
  /** Told about every 401 before the error is thrown. */
  onUnauthorised?: (error: ApiError) => void;
  /** Default: the global one. */
  fetch?: typeof fetch;
}

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * A small client for the REST API over fetch: JSON in, JSON out, every failure an `ApiError`.
 *
 * It knows no framework and keeps no state; cookies are sent to the own origin only.
 */
export class Http {
  constructor(private readonly options: HttpOptions = {}) {}

  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    return this.request<T>('GET', path, { query, signal });
  }

  post<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    return this.request<T>('POST', path, { body, signal });
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.request<T>('PUT', path, { body });
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.request<T>('PATCH', path, { body });
  }

  delete(path: string): Promise<void> {
    return this.request<void>('DELETE', path);
  }

  /**
   * Sends a request and reads its JSON answer; 204 gives undefined.
   *
   * @throws ApiError for every refusal, and with code `network` when no answer came.
   */
  async request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.open(method, path, options);
    if (response.status === 204) return undefined as T;
    return (await response.json().catch(() => Promise.reject(ApiError.unreadable(response.status)))) as T;
  }

  /**
   * Sends a request and hands back the response unread, for streams.
   *
   * @throws ApiError as `request` does.
   */
  async open(method: string, path: string, { query, body, signal }: RequestOptions = {}, accept = 'application/json') {
    const send = this.options.fetch ?? fetch;
    const response = await send(`${this.options.baseUrl ?? ''}${path}${queryString(query)}`, {
      method,
      signal,
      credentials: 'same-origin',
      headers: this.headers(accept, body !== undefined),
      body: body === undefined ? undefined : JSON.stringify(body),
    }).catch((cause: unknown) => Promise.reject(isAbort(cause) ? cause : ApiError.unreachable(cause)));
    if (response.ok) return response;
    const error = await ApiError.of(response);
    if (response.status === 401) this.options.onUnauthorised?.(error);
    throw error;
  }

  private headers(accept: string, hasBody: boolean): Record<string, string> {
    return {
      accept,
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(this.options.language ? { 'accept-language': this.options.language() } : {}),
      ...this.options.headers?.(),
    };
  }
}

/** `?a=1&b=2`, or '' when nothing is set. */
export function queryString(query: Query = {}): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const pairs = set.map(([name, value]): [string, string] => [name, String(value)]);
  return pairs.length ? `?${new URLSearchParams(pairs).toString()}` : '';
}

/** Whether a promise was rejected because its caller aborted it. */
export const isAbort = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'AbortError';
