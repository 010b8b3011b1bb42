/** A value on one line, as text. */
export const oneLine = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(/\s+/g, ' ');

/** The arguments as name and text, in the order they were given. */
export const argumentRows = (input: unknown): [name: string, value: string][] =>
  typeof input === 'object' && input !== null
    ? Object.entries(input).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value, null, 2),
      ])
    : [];

const TELLING = ['query', 'q', 'path', 'url', 'uri', 'name', 'title', 'text', 'message', 'id'];

/** The argument that tells best what a call is about: a well-known name, else the first short scalar. */
export function keyArgument(input: unknown): string {
  const rows: [string, unknown][] = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  const scalars = rows.filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  const [, value] = TELLING.map((name) => scalars.find(([key]) => key === name)).find(Boolean) ?? scalars[0] ?? [];
  return value === undefined ? '' : oneLine(value).slice(0, 80);
}
