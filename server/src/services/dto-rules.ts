import { ValidateBy, ValidateIf, buildMessage, type ValidationOptions } from 'class-validator';
import { hidesCharacters } from '../platform/index.js';

/** The field may be left out; unlike `@IsOptional()`, null is no way of leaving it out. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);

/** The field may be left out, and null empties it. */
export const MayBeNull = (): PropertyDecorator =>
  ValidateIf((_, value: unknown) => value !== undefined && value !== null);

/** Control characters, and halves of surrogate pairs, which no database keeps. */
const CONTROL = /[\p{Cc}\p{Cs}]/u;
const CONTROL_BUT_LINES = /(?![\n\t])[\p{Cc}\p{Cs}]/u;
const NUL_OR_HALF = /\0|\p{Cs}/u;
/** Marks that turn text around, and breaks of lines: a name needs neither in any script. */
const DECEPTIVE = /[\u200e\u200f\u2028\u2029]/;

/** One line of readable text without anything invisible, trimmed, 1 to `max` characters. */
export const isLine = (value: unknown, max: number): value is string =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= max &&
  value === value.trim() &&
  !CONTROL.test(value) &&
  !DECEPTIVE.test(value) &&
  !hidesCharacters(value);

export const IsLine = (max: number, options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isLine',
      validator: {
        validate: (value) => isLine(value, max),
        defaultMessage: buildMessage(
          (each) => `${each}$property must be one line of 1 to ${max} visible characters, without spaces around it`,
          options,
        ),
      },
    },
    options,
  );

/** Any text of at most `max` characters that a database and a terminal survive. Empty is allowed. */
export const IsProse = (max: number): PropertyDecorator =>
  ValidateBy({
    name: 'isProse',
    validator: {
      validate: (value) => typeof value === 'string' && value.length <= max && !CONTROL_BUT_LINES.test(value),
      defaultMessage: () => `$property must be text of at most ${max} characters without control characters`,
    },
  });

/** One argument of a command or one value of the environment: any text but NUL, at most `max` characters. */
const isRaw = (value: unknown, max: number): value is string =>
  typeof value === 'string' && value.length <= max && !NUL_OR_HALF.test(value);

export const IsRaw = (max: number, options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isRaw',
      validator: {
        validate: (value) => isRaw(value, max),
        defaultMessage: buildMessage(
          (each) => `${each}$property must be text of at most ${max} characters without NUL`,
          options,
        ),
      },
    },
    options,
  );

const MOST_ENTRIES = 64;
const LONGEST_NAME = 128;

/** A JSON object from names to texts. What a name may be is checked where its purpose is known. */
export const IsTextMap = (maxValue: number): PropertyDecorator =>
  ValidateBy({
    name: 'isTextMap',
    validator: {
      validate: (value: unknown) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
        const entries = Object.entries(value);
        return (
          entries.length <= MOST_ENTRIES &&
          entries.every(([name, text]) => name.length > 0 && name.length <= LONGEST_NAME && isRaw(text, maxValue))
        );
      },
      defaultMessage: () =>
        `$property must be an object of at most ${MOST_ENTRIES} names, each with a text of at most ${maxValue} characters`,
    },
  });
