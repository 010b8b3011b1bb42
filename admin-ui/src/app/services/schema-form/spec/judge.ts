import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '../json-schema';

/** What Ajv, the judge of the server, has against a value; undefined when the schema itself leads nowhere. */
export function judge(schema: JsonSchema, value: unknown): unknown[] | undefined {
  const draft07 = JSON.stringify(schema['$schema'] ?? '').includes('draft-07');
  const ajv = draft07 ? new Ajv({ strict: false, allErrors: true }) : new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  try {
    const check = ajv.compile(schema);
    return check(value) ? [] : (check.errors ?? []);
  } catch (error) {
    if (/can't resolve reference|Maximum call stack/.test(String(error))) return undefined;
    throw error;
  }
}
