/** A question of a service that is not put to anybody, as the JSON-RPC error that the service gets. */
export class QuestionRefused extends Error {
  override readonly name = 'QuestionRefused';

  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }
}

/** Codes of JSON-RPC, and -32001 as the SDKs use it. */
export const REFUSAL = {
  invalidRequest: -32_600,
  notOffered: -32_601,
  invalidParams: -32_602,
  unanswered: -32_001,
  gone: -32_000,
} as const;
