import { readFileSync } from 'node:fs';

export interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  nullable?: boolean;
  additionalProperties?: unknown;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  minItems?: number;
}

export interface Operation {
  /** `POST /api/groups/{id}/members` */
  name: string;
  method: string;
  path: string;
  body: Schema | undefined;
  query: string[];
}

interface ApiDocument {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: { name: string; in: string }[];
        requestBody?: { content: Record<string, { schema: Schema }> };
      }
    >
  >;
  components: { schemas: Record<string, Schema> };
}

const document = JSON.parse(readFileSync('e2e/golden/openapi.json', 'utf8')) as ApiDocument;

/** Every operation of the API. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    body: operation.requestBody && resolved(operation.requestBody.content['application/json']?.schema ?? {}),
    query: (operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name),
  })),
);

/** The schema itself; of several to choose from, the first. */
export function resolved(schema: Schema): Schema {
  const target = schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] : undefined;
  if (target) return resolved(target);
  const [only, ...others] = schema.allOf ?? [];
  return only && others.length === 0 ? { ...resolved(only), ...(schema.nullable && { nullable: true }) } : schema;
}

/** With ids that exist nowhere. */
export const concrete = (path: string): string => path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');

/** A place in a body: names of fields, and 0 for the first item of a list. */
export type Path = readonly (string | 0)[];

export interface Place {
  path: Path;
  schema: Schema;
}

const DEEPEST = 6;

/** Every field of a body at any depth, and every first item of a list; the body itself is not among them. */
export function placesIn(schema: Schema, path: Path = []): Place[] {
  const here = resolved(schema);
  if (path.length >= DEEPEST) return [];
  const inside: [string | 0, Schema][] = here.items
    ? [[0, here.items]]
    : Object.entries(here.properties ?? {}).map(([name, child]) => [name, child]);
  return inside.flatMap(([step, child]) => [
    { path: [...path, step], schema: resolved(child) },
    ...placesIn(child, [...path, step]),
  ]);
}

/** The body, and every object within it whose fields are known. */
export const objectsIn = (schema: Schema): Path[] => [
  [],
  ...placesIn(schema)
    .filter((place) => place.schema.properties)
    .map(({ path }) => path),
];

/** What a body of that kind may look like: its required fields, each of the right kind. */
export function exampleOf(schema: Schema, depth = 0): unknown {
  const here = resolved(schema);
  if (here.enum) return here.enum[0];
  if (here.properties && depth < DEEPEST)
    return Object.fromEntries(
      (here.required ?? []).map((name) => [name, exampleOf(here.properties?.[name] ?? {}, depth + 1)]),
    );
  return { string: 'text', number: 1, integer: 1, boolean: true, array: [] }[here.type ?? ''] ?? {};
}

/** The JSON text of an example in which there is `json` at `path`, and what leads there. */
export function textWith(schema: Schema, path: Path, json: string): string {
  if (path.length === 0) return json;
  const body = exampleOf(schema);
  let at = body as Record<string | 0, unknown>;
  let inner = resolved(schema);
  path.forEach((step, index) => {
    inner = resolved((step === 0 ? inner.items : inner.properties?.[step]) ?? {});
    at[step] = index === path.length - 1 ? MARK : exampleOf(inner);
    at = at[step] as Record<string | 0, unknown>;
  });
  return JSON.stringify(body).replace(JSON.stringify(MARK), () => json);
}

const MARK = 'here-comes-the-hostile-part';
