import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { AppError, type FieldProblem } from './app-error.js';
import { examineForeign, restoreLosses } from './foreign-json.js';

class ForeignBodyPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'body' && metadata.type !== 'query') return super.transform(value, metadata);
    // A list of valid objects would pass as valid; no body of ours is a list, and no body at all is an empty one.
    if (Array.isArray(value)) throw refused({ path: '', message: 'must be an object' });
    const { problem, isOdd } = examineForeign(value);
    if (problem) throw refused(problem);
    const sent: unknown = isOdd ? structuredClone(value) : undefined;
    const made: unknown = await super.transform(value ?? {}, metadata);
    const loss = isOdd ? restoreLosses(sent, made) : undefined;
    if (loss) throw refused(loss);
    return made;
  }
}

const refused = (problem: FieldProblem): AppError => new AppError('validation_failed', { fields: [problem] });

/** Bodies and queries are checked against their DTO; unknown fields are refused, nothing is converted silently. */
export const validationPipe = (): ValidationPipe =>
  new ForeignBodyPipe({
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
