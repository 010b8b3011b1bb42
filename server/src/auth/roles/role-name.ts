import { Matches, type ValidationOptions } from 'class-validator';

/** Lower-case words with dashes between them, 2 to 40 characters. */
export const IsRoleName = (options?: ValidationOptions): PropertyDecorator =>
  Matches(/^(?=.{2,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/, options);
