import type { ForeignObject } from '../../services/index.js';
import { withoutHopMeta } from './hop-meta.js';

/** W3C Trace Context, version 00 and those that begin like it. */
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;
/** Printable ASCII, so that it can become a header anywhere behind us. */
const PRINTABLE = /^[\x20-\x7e]+$/;
const TRACESTATE_CHARS = 512;
const BAGGAGE_CHARS = 8_192;

/**
 * The caller's `_meta` as it may go on to a service: keys that describe the caller's hop are dropped, and so is what only
 * looks like a trace. Everything else is the caller's word and passed on. Pure.
 *
 * Source: W3C Trace Context §3, W3C Baggage §3 (limits).
 */
export function callerMeta(meta: ForeignObject | undefined): ForeignObject {
  if (!meta) return NOTHING;
  const { traceparent, tracestate, baggage, ...rest } = withoutHopMeta(meta);
  const traced = typeof traceparent === 'string' && TRACEPARENT.test(traceparent);
  return {
    ...rest,
    ...(traced && { traceparent }),
    // Means nothing without the trace that it belongs to.
    ...(traced && isPrintable(tracestate, TRACESTATE_CHARS) && { tracestate }),
    ...(isPrintable(baggage, BAGGAGE_CHARS) && { baggage }),
  };
}

const NOTHING: ForeignObject = {};

const isPrintable = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.length <= longest && PRINTABLE.test(value);
