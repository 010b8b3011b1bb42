import {
  ERRORS,
  errorText,
  type ErrorCode,
  type ErrorEntry,
  type ErrorText,
  type Language,
} from '@gatehouse/contracts';

export interface FieldProblem {
  /** Dotted path, as the caller wrote it. */
  path: string;
  message: string;
}

interface AppErrorOptions {
  /** Fills the `{placeholders}` of the code's texts. */
  details?: Record<string, string | number>;
  fields?: readonly FieldProblem[];
  /** What really happened, for the log only. */
  cause?: unknown;
}

/** Every refusal and failure that a caller may see. Its texts come from the catalogue in libs/contracts. */
export class AppError extends Error {
  readonly details: Readonly<Record<string, string | number>>;
  readonly fields: readonly FieldProblem[] | undefined;

  constructor(
    readonly code: ErrorCode,
    options: AppErrorOptions = {},
  ) {
    super(errorText(code, 'en', options.details).message, { cause: options.cause });
    this.name = 'AppError';
    this.details = options.details ?? {};
    this.fields = options.fields;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get family(): ErrorEntry['family'] {
    return ERRORS[this.code].family;
  }

  text(language: Language): ErrorText {
    return errorText(this.code, language, this.details);
  }
}
