import type { CallCard, CallCardError, CallCardState, ErrorCode, Language } from '@gatehouse/contracts';
import type { AppError } from '../../platform/index.js';

/** A tool as a card names it. */
export interface CardTool {
  readonly serviceId: string;
  readonly serviceName: string;
  readonly name: string;
  readonly title: string;
  /** The service has an app that shows what the tool answers. */
  readonly hasApp?: boolean;
}

/** The one useful thing to do about a code. None where repeating could do harm, or where only waiting helps. */
const ACTS: Partial<Record<ErrorCode, NonNullable<CallCardError['act']>>> = {
  access_denied: 'ask-access',
  permission_missing: 'ask-access',
  tool_not_found: 'choose-another',
  not_found: 'choose-another',
  service_disabled: 'choose-another',
  upstream_unauthorised: 'choose-another',
  upstream_not_mcp: 'choose-another',
  upstream_protocol: 'choose-another',
  egress_refused: 'choose-another',
  upstream_unreachable: 'retry',
  upstream_command_failed: 'retry',
  upstream_error: 'retry',
  call_cancelled: 'retry',
  rate_limited: 'retry',
  too_many_calls: 'retry',
  queue_full: 'retry',
  too_many_commands: 'retry',
  audit_unavailable: 'retry',
  arguments_invalid: 'edit-arguments',
  output_too_large: 'edit-arguments',
  auth_required: 'sign-in',
  embed_token_invalid: 'sign-in',
};

const STATES: Partial<Record<ErrorCode, CallCardState>> = {
  access_denied: 'denied',
  permission_missing: 'denied',
  tool_not_found: 'denied',
  not_found: 'denied',
  approval_required: 'denied',
  rate_limited: 'denied',
  too_many_calls: 'denied',
  turn_budget_used: 'denied',
  call_cancelled: 'cancelled',
  upstream_timeout: 'timed-out',
};

export const openingCard = (toolCallId: string, tool: CardTool, startedAt: Date): CallCard => ({
  toolCallId,
  serviceId: tool.serviceId,
  serviceName: tool.serviceName,
  tool: tool.name,
  title: tool.title,
  state: 'running',
  startedAt: startedAt.toISOString(),
  ...(tool.hasApp && { hasApp: true }),
});

/** The service answered; a failure of its own is an answer too, shown as it is. */
export const answeredCard = (
  card: CallCard,
  answer: { callId: string; durationMs: number; cached: boolean; joined?: true; isError: boolean },
): CallCard => ({
  ...card,
  callId: answer.callId,
  state: answer.isError ? 'failed' : 'succeeded',
  durationMs: Math.round(answer.durationMs),
  cached: answer.cached,
  ...(answer.joined && { joined: true }),
});

export type FailedCard = CallCard & { error: CallCardError };

/** The call was refused, or no answer came. */
export const failedCard = (card: CallCard, error: AppError, language: Language, durationMs: number): FailedCard => ({
  ...card,
  state: STATES[error.code] ?? 'failed',
  durationMs: Math.round(durationMs),
  error: cardError(error, language),
});

function cardError(error: AppError, language: Language): CallCardError {
  const { message, remedy } = error.text(language);
  const act = ACTS[error.code];
  return { code: error.code, message: withFields(message, error, language), remedy, ...(act && { act }) };
}

/** Which arguments do not fit is what person and model need to know. */
function withFields(message: string, { fields = [] }: AppError, language: Language): string {
  if (fields.length === 0) return message;
  const list = fields.map((field) => `${field.path}: ${field.message}`).join('; ');
  return language === 'zh' ? `${message}（${list}）` : `${message} (${list})`;
}
