const ESCAPE = '!';

/** A condition: one of the columns contains what the caller typed, whatever its case. */
export function containing(...columns: string[]): string {
  return `(${columns.map((column) => `LOWER(${column}) LIKE :containing ESCAPE '${ESCAPE}'`).join(' OR ')})`;
}

/** Value of `:containing`; the wildcards of LIKE stand for themselves. */
export const containingPattern = (typed: string): string => `%${typed.toLowerCase().replace(/[!%_]/g, `${ESCAPE}$&`)}%`;
