import { Injectable, signal } from '@angular/core';
import type { TrafficFrame } from '@gatehouse/api-client';

/** Keys of `_meta` that say who sent a request and how; ours replaces them. */
const HOP_META = 'io.modelcontextprotocol/';

/** The request on the page, kept while the reader goes back and forth between the tabs. */
@Injectable()
export class RequestDraft {
  readonly endpoint = signal('/mcp');
  readonly method = signal('tools/list');
  readonly params = signal('{}');
  /** What was answered when a client sent it; undefined for a request of one's own. */
  readonly original = signal<object | undefined>(undefined);

  /** Takes over what a client sent. */
  take(endpoint: string, frame: TrafficFrame, answer: TrafficFrame | undefined): void {
    const { method, params } = (frame.message ?? {}) as { method?: string; params?: Record<string, unknown> };
    this.endpoint.set(endpoint);
    this.method.set(method ?? '');
    this.params.set(JSON.stringify(withoutHop(params ?? {}), null, 2));
    this.original.set(answer?.message ?? undefined);
  }
}

function withoutHop({ _meta, ...params }: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(typeof _meta === 'object' && _meta !== null ? _meta : {}).filter(
    ([key]) => key !== 'progressToken' && !key.startsWith(HOP_META),
  );
  return kept.length > 0 ? { ...params, _meta: Object.fromEntries(kept) } : params;
}

/** What an answer says, without its id and without what only one revision of the protocol writes around it. */
export function substanceOf(message: object | undefined): string {
  const { result, error } = (message ?? {}) as { result?: Record<string, unknown>; error?: unknown };
  if (typeof result !== 'object' || result === null) return JSON.stringify({ result, error });
  const { resultType: _type, ttlMs: _ttl, cacheScope: _scope, ...rest } = withoutHop(result);
  return JSON.stringify({ result: sorted(rest), error });
}

const sorted = (value: Record<string, unknown>): unknown[] =>
  Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
