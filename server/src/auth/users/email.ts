import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsEmail, MaxLength } from 'class-validator';

/** The one spelling under which an address is stored and looked up. */
export const normalEmail = (email: string): string => email.trim().toLowerCase();

/** An e-mail address, brought to its normal spelling before it is checked. */
export const IsNormalEmail = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normalEmail(value) : value)),
    IsEmail(),
    MaxLength(254),
  );
