import { ValidateBy, buildMessage, type ValidationOptions } from 'class-validator';

/** Whether `value` is exactly an http or https origin as browsers send it: no path, no default port, lower case. */
export function isOrigin(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 255 || !URL.canParse(value)) return false;
  const url = new URL(value);
  return ['http:', 'https:'].includes(url.protocol) && url.origin === value;
}

/** An origin as browsers send it. */
export const IsOrigin = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isOrigin',
      validator: {
        validate: isOrigin,
        defaultMessage: buildMessage(
          (each) => `${each}$property must be an origin such as https://example.com`,
          options,
        ),
      },
    },
    options,
  );
