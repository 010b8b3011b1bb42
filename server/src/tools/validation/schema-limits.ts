/** A JSON Schema as a service sent it. */
export type Schema = Readonly<Record<string, unknown>>;

/** Bounds of a schema that is compiled at all. */
const MAX_SCHEMA_CHARACTERS = 64 * 1024;
const MAX_SCHEMA_DEPTH = 32;
const MAX_SCHEMA_NODES = 1_000;

/** Why a schema is too big to compile, as a short phrase; undefined when it is not. Pure. */
export function sizeObjection(schema: Schema): string | undefined {
  if (JSON.stringify(schema).length > MAX_SCHEMA_CHARACTERS)
    return `it is larger than ${MAX_SCHEMA_CHARACTERS / 1024} KiB`;
  let nodes = 0;
  const tooBig = (value: unknown, depth: number): string | undefined => {
    if (typeof value !== 'object' || value === null) return undefined;
    nodes += 1;
    if (depth > MAX_SCHEMA_DEPTH) return `it is nested deeper than ${MAX_SCHEMA_DEPTH} levels`;
    if (nodes > MAX_SCHEMA_NODES) return `it has more than ${MAX_SCHEMA_NODES} parts`;
    for (const child of Object.values(value)) {
      const objection = tooBig(child, depth + 1);
      if (objection) return objection;
    }
    return undefined;
  };
  return tooBig(schema, 0);
}
