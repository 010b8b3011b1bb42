import type { CallStatus, Door, ErrorCode } from '@gatehouse/contracts';
import type { Principal } from '../../auth/index.js';
import type { FieldProblem } from '../../platform/index.js';

/** A call that is about to happen. */
export interface CallIntent {
  door: Door;
  principal: Principal;
  /** `id` is null when the caller named a service that does not exist. */
  service: { id: string | null; name: string };
  tool: string;
  chatId?: string;
  /** Slug of the profile whose endpoint the call came to. */
  profile?: string;
  arguments: unknown;
}

/** How a call ended. */
export interface CallOutcome {
  status: Extract<CallStatus, 'success' | 'error' | 'cancelled' | 'unknown'>;
  errorCode?: ErrorCode;
  response?: unknown;
  durationMs: number;
  cached?: boolean;
}

/** Why a call did not happen. */
export interface CallRefusal {
  code: ErrorCode;
  /** The rule that refused it, in words. */
  rule?: string;
  fields?: readonly FieldProblem[];
}
