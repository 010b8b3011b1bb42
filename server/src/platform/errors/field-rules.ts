import { Transform } from 'class-transformer';
import { ValidateBy, ValidateIf, buildMessage } from 'class-validator';

/** The field may be absent. Unlike `@IsOptional()`, null is no way to leave it out. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** Text that people read: not blank, well-formed Unicode, no control characters. */
export const IsReadable = (): PropertyDecorator =>
  ValidateBy({
    name: 'isReadable',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && value.isWellFormed() && /\S/u.test(value) && !/\p{Cc}/u.test(value),
      defaultMessage: buildMessage((each) => `${each}$property must be readable text without control characters`),
    },
  });

/** Takes spaces around a text away before it is checked. */
export const Trimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
