import type { ErrorBody, Language } from '@gatehouse/contracts';
import type { AppError } from './app-error.js';

/** What a caller is told of an error: code, texts in their language, and nothing internal. */
export function errorBody(error: AppError, language: Language, requestId: string): ErrorBody {
  const { message, remedy } = error.text(language);
  return {
    error: { code: error.code, message, remedy, requestId, ...(error.fields && { fields: [...error.fields] }) },
  };
}

/** Seconds after which the caller may come back, for `Retry-After`; undefined when the error names none. */
export const retryAfterSeconds = (error: AppError): number | undefined =>
  [409, 429, 503].includes(error.status) && typeof error.details['seconds'] === 'number'
    ? error.details['seconds']
    : undefined;
