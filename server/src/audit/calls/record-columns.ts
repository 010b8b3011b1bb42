import type { CallRecord } from './call-record.entity.js';

/**
 * The columns of a record by the event that writes them, with their properties: the chain's digests go over them in this
 * order. Appending to a list needs a new version of the chain's format; a spec compares them with the entity.
 */

/** Written once, when the call comes. */
export const OPENING = {
  id: 'id',
  service_id: 'serviceId',
  service_name: 'serviceName',
  user_id: 'userId',
  user_email: 'userEmail',
  user_name: 'userName',
  credential_kind: 'credentialKind',
  credential_id: 'credentialId',
  credential_name: 'credentialName',
  chat_id: 'chatId',
  profile: 'profile',
  tool_name: 'toolName',
  door: 'door',
  decision: 'decision',
  rule: 'rule',
  request_data: 'requestData',
  request_bytes: 'requestBytes',
  created_at: 'createdAt',
} as const satisfies Record<string, keyof CallRecord>;

/** Written again, once, when it ends. */
export const CLOSING = {
  status: 'status',
  error_code: 'errorCode',
  response_data: 'responseData',
  response_bytes: 'responseBytes',
  duration_ms: 'durationMs',
  cached: 'cached',
  finished_at: 'finishedAt',
} as const satisfies Record<string, keyof CallRecord>;

export const OPENING_COLUMNS = Object.keys(OPENING);
export const CLOSING_COLUMNS = Object.keys(CLOSING);
