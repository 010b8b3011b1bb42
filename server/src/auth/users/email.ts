import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { MaxLength, ValidateBy, buildMessage, isEmail } from 'class-validator';

/** The one spelling under which an address is stored and looked up. */
export const normalEmail = (email: string): string => email.trim().toLowerCase();

/** An e-mail address, brought to its normal spelling before it is checked. */
export const IsNormalEmail = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normalEmail(value) : value)),
    ValidateBy({
      name: 'isEmail',
      validator: {
        // validator.js counts bytes by encodeURI, which throws on half a surrogate pair.
        validate: (value: unknown) => typeof value === 'string' && value.isWellFormed() && isEmail(value),
        defaultMessage: buildMessage((each) => `${each}$property must be an email`),
      },
    }),
    MaxLength(254),
  );
