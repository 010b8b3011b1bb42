import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { AppError, type FieldProblem } from './app-error.js';

/** Bodies and queries are checked against their DTO; unknown fields are refused, nothing is converted silently. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    transformOptions: { enableImplicitConversion: false },
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new AppError('validation_failed', { fields: flatten(errors) }),
  });

/** Nested problems as dotted paths, at most 50 so that a hostile body cannot make a huge answer. */
function flatten(errors: readonly ValidationError[], prefix = ''): FieldProblem[] {
  return errors
    .flatMap((error) => {
      const path = prefix + error.property;
      const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
      return [...own, ...flatten(error.children ?? [], `${path}.`)];
    })
    .slice(0, 50);
}
