import type { ErrorCode } from '@gatehouse/contracts';

/** What can go wrong before the server's own error body is read. */
export type TransportCode = 'network' | 'unreadable';

export interface FieldError {
  path: string;
  message: string;
}

interface ApiErrorParts {
  code: ErrorCode | TransportCode;
  message: string;
  remedy?: string;
  requestId?: string;
  fields?: FieldError[];
}

/** A refused or failed request; texts are in the language that was asked for, '' when the server sent none. */
export class ApiError extends Error {
  readonly code: ErrorCode | TransportCode;
  readonly remedy: string;
  readonly requestId: string;
  readonly fields: readonly FieldError[];

  constructor(
    parts: ApiErrorParts,
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(parts.message, options);
    this.name = 'ApiError';
    this.code = parts.code;
    this.remedy = parts.remedy ?? '';
    this.requestId = parts.requestId ?? '';
    this.fields = parts.fields ?? [];
  }

  /** Reads the error body of a response; an answer that has none becomes `unreadable`. */
  static async of(response: Response): Promise<ApiError> {
    const body: unknown = await response.json().catch(() => undefined);
    const parts = errorParts(body);
    return parts ? new ApiError(parts, response.status) : ApiError.unreadable(response.status);
  }

  static unreachable(cause: unknown): ApiError {
    return new ApiError({ code: 'network', message: '' }, 0, { cause });
  }

  static unreadable(status: number): ApiError {
    return new ApiError({ code: 'unreadable', message: '' }, status);
  }
}

function errorParts(body: unknown): ApiErrorParts | undefined {
  const error = isRecord(body) ? body['error'] : undefined;
  if (!isRecord(error) || typeof error['code'] !== 'string' || typeof error['message'] !== 'string') return undefined;
  return {
    code: error['code'] as ErrorCode,
    message: error['message'],
    remedy: text(error['remedy']),
    requestId: text(error['requestId']),
    fields: Array.isArray(error['fields']) ? error['fields'].filter(isFieldError) : [],
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const isFieldError = (value: unknown): value is FieldError =>
  isRecord(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string';
