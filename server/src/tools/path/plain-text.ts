/**
 * Sequences that a terminal would obey: CSI (colours, cursor), OSC (titles, links, clipboard) and the other escape families,
 * in their 7-bit and 8-bit spellings, and lone control characters except tab, line feed and carriage return.
 */
const TERMINAL_CONTROL =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?|[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]/g;

/** All of them begin with one of these, which hardly any text has; to look for them alone takes a fraction of the time. */
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** Text of a stranger without anything that a terminal would act on; the same text when there is nothing of that kind. */
export const withoutTerminalControl = (text: string): string =>
  CONTROL.test(text) ? text.replace(TERMINAL_CONTROL, '') : text;

/** What becomes of a text. @param holder the object that it is a value of; absent where it is none's */
type Change = (text: string, holder?: object) => string;

/** The JSON value with `change` applied to every text in it, at any depth; shares whatever did not change. */
export function mapTexts<T>(value: T, change: Change): T {
  return mapped(value, change) as T;
}

function mapped(value: unknown, change: Change, holder?: object): unknown {
  if (typeof value === 'string') return change(value, holder);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => mapped(item, change));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  const entries = Object.entries(value);
  const changed = entries.map(([key, child]) => [key, mapped(child, change, value)] as const);
  return changed.every(([, child], at) => child === entries[at]?.[1]) ? value : Object.fromEntries(changed);
}
