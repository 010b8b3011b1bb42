import { parentPort } from 'node:worker_threads';
import { Ajv as Draft07, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';

/*
 * Compiles foreign schemas and checks values against them, in a thread of its own that may be ended at any moment.
 * Imports only packages, because it is loaded by its file name.
 */

/** `schema` is sent once per hash and thread; `value` is absent when the schema is only to be compiled. */
export interface CheckJob {
  hash: string;
  schema: Readonly<Record<string, unknown>> | undefined;
  check: { value: unknown } | undefined;
}

export type CheckVerdict =
  { kind: 'valid' } | { kind: 'invalid'; errors: ErrorObject[] } | { kind: 'unusable'; reason: string };

/** The thread forgot the schema of this hash; the job has to be sent again with it. */
export type CheckReply = CheckVerdict | { kind: 'unknown-schema' };

const MAX_VALIDATORS = 500;
const MAX_PATTERN_LENGTH = 512;
const MAX_ERRORS = 10;

const NAMED_REFERENCE = /(?:^|[^\\])(?:\\\\)*\\k/;

/** Linear-time patterns. `toString` must tell patterns apart: Ajv caches them by it. */
const linearPattern = Object.assign(
  (source: string) => {
    if (source.length > MAX_PATTERN_LENGTH)
      throw new Error(`a pattern is longer than ${MAX_PATTERN_LENGTH} characters`);
    // RE2 would take it for the letter k.
    if (NAMED_REFERENCE.test(source)) throw new Error('a pattern refers back to a group');
    const pattern = RE2JS.compile(RE2JS.translateRegExp(source));
    return { test: (text: string) => pattern.test(text), toString: () => `re2:${source}` };
  },
  { code: 'linearPattern' },
);

const OPTIONS: Options = {
  strict: false,
  allErrors: false,
  useDefaults: false,
  // `constructor` is a name like any other, and no argument has it by itself.
  ownProperties: true,
  logger: false,
  code: { regExp: linearPattern },
};

/** A fresh instance each time: schemas must not find each other by `$id`. Without a loader, no `$ref` leaves the schema. */
function compile(schema: Readonly<Record<string, unknown>>): ValidateFunction {
  const dialect = typeof schema['$schema'] === 'string' ? schema['$schema'] : '';
  const { $schema: _, ...body } = schema;
  const ajv = /draft-0[4-7]/.test(dialect) ? new Draft07(OPTIONS) : new Ajv2020(OPTIONS);
  addFormats.default(ajv);
  return ajv.compile(body);
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(hash: string, schema: CheckJob['schema']): ValidateFunction | undefined {
  const known = validators.get(hash);
  if (known || !schema) return known;
  const validate = compile(schema);
  const oldest = validators.keys().next();
  if (validators.size >= MAX_VALIDATORS && !oldest.done) validators.delete(oldest.value);
  validators.set(hash, validate);
  return validate;
}

function work({ hash, schema, check }: CheckJob): CheckReply {
  try {
    const validate = validatorOf(hash, schema);
    if (!validate) return { kind: 'unknown-schema' };
    if (!check || validate(check.value)) return { kind: 'valid' };
    return { kind: 'invalid', errors: (validate.errors ?? []).slice(0, MAX_ERRORS) };
  } catch (error) {
    return { kind: 'unusable', reason: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (job: CheckJob) => parentPort?.postMessage(work(job)));
// The first compilation loads the meta-schemas: that is nobody's schema's fault and happens before the first job.
compile({ type: 'object', properties: { at: { type: 'string', format: 'date-time' } } });
parentPort?.postMessage('ready');
