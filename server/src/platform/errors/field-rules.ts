import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  IsInt,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  buildMessage,
  type ValidationOptions,
} from 'class-validator';

/** The field may be absent. Unlike `@IsOptional()`, null is no way to leave it out. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Text whose every code point is whole; half a surrogate pair is stored differently by each database. */
export const IsWellFormed = (options?: ValidationOptions): PropertyDecorator =>
  rule('isWellFormed', 'must be well-formed Unicode', (text) => text.isWellFormed(), options);

/** Text that people read: not blank, well-formed Unicode, no control characters. */
export const IsReadable = (options?: ValidationOptions): PropertyDecorator =>
  rule(
    'isReadable',
    'must be readable text without control characters',
    (text) => text.isWellFormed() && /\S/u.test(text) && !/\p{Cc}/u.test(text),
    options,
  );

/** The id of a row. */
export const IsRowId = (options?: ValidationOptions): PropertyDecorator => Matches(/^[\w.-]{1,36}$/, options);

/** The version of a row that somebody read before changing it. */
export const IsVersion = (): PropertyDecorator => applyDecorators(IsInt(), Min(1), Max(2 ** 31 - 1));

/** Takes spaces around a text away before it is checked. */
export const Trimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

function rule(
  name: string,
  demand: string,
  holds: (text: string) => boolean,
  options?: ValidationOptions,
): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'string' && holds(value);
  const defaultMessage = buildMessage((each) => `${each}$property ${demand}`, options);
  return ValidateBy({ name, validator: { validate, defaultMessage } }, options);
}
