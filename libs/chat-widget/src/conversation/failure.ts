import type { FailureAct, FailureFacts } from './stream-chunk.js';

/** The one useful thing to do about a code of the server's catalogue, where trying again would not help. */
const ACTS: Partial<Record<string, FailureAct>> = {
  auth_required: 'sign-in',
  embed_token_invalid: 'sign-in',
  access_denied: 'ask-access',
  permission_missing: 'ask-access',
  embed_origin_denied: 'ask-access',
  tool_not_found: 'choose-another',
  service_disabled: 'choose-another',
  model_not_configured: 'choose-another',
};

/** The act on a failed answer or request. Of a call the server alone knows: repeating it might do harm. */
export const actFor = (failure: FailureFacts): FailureAct => failure.act ?? ACTS[failure.code] ?? 'retry';

/**
 * Reads an `error` chunk: its text is our JSON error body, or one plain sentence when something else failed.
 * Only known fields are taken over, so that nothing foreign travels further as structure.
 */
export function readFailure(text: string): FailureFacts {
  const body = parseObject(text);
  const facts = isRecord(body?.['error']) ? body['error'] : body;
  if (!facts || typeof facts['message'] !== 'string') return { code: 'internal', message: text, remedy: '' };
  return {
    code: stringOr(facts['code'], 'internal'),
    message: facts['message'],
    remedy: stringOr(facts['remedy'], ''),
    requestId: stringOr(facts['requestId'], ''),
    fields: Array.isArray(facts['fields']) ? facts['fields'].filter(isField) : [],
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const stringOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

const isField = (value: unknown): value is { path: string; message: string } =>
  isRecord(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string';

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
