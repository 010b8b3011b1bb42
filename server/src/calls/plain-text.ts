/**
 * Sequences that a terminal would obey: CSI (colours, cursor), OSC (titles, links, clipboard) and the other escape families,
 * in their 7-bit and 8-bit spellings, and lone control characters except tab, line feed and carriage return.
 */
const TERMINAL_CONTROL =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?|[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]/g;

/** Text of a stranger without anything that a terminal would act on; the same text when there is nothing of that kind. */
export const withoutTerminalControl = (text: string): string => text.replace(TERMINAL_CONTROL, '');

/** A JSON value with every string in it made harmless for terminals; shares whatever did not change. */
export function plainDeep(value: unknown): unknown {
  if (typeof value === 'string') return withoutTerminalControl(value);
  if (Array.isArray(value)) return mapChanged(value, plainDeep);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const cleaned = entries.map(([key, child]) => [key, plainDeep(child)] as const);
  return cleaned.every(([, child], at) => child === entries[at]?.[1]) ? value : Object.fromEntries(cleaned);
}

function mapChanged(items: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  const changed = items.map(change);
  return changed.every((item, at) => item === items[at]) ? items : changed;
}
