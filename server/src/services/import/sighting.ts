import type { Problem } from './problems.js';

/** A piece of the text and where it stands. */
export interface Located {
  readonly value: string;
  readonly offset: number;
}

export interface LocatedSetting extends Located {
  readonly name: string;
}

/** One service as it was read, before anything is concluded from it. */
export interface Sighting {
  readonly name: string;
  readonly offset: number;
  /** First offset behind the entry. */
  readonly end: number;
  readonly type?: Located;
  readonly command?: Located;
  readonly args: readonly Located[];
  readonly cwd?: Located;
  readonly env: readonly LocatedSetting[];
  readonly url?: Located;
  readonly headers: readonly LocatedSetting[];
  readonly description?: string;
  readonly enabled?: boolean;
  readonly problems: readonly Problem[];
}

/** The same with every place at one offset, for what was written inside of something else. */
export function movedTo(offset: number, entry: Sighting): Sighting {
  const here = <T extends { readonly offset: number }>(each: T): T => ({ ...each, offset });
  return {
    ...entry,
    offset,
    ...(entry.type && { type: here(entry.type) }),
    ...(entry.command && { command: here(entry.command) }),
    ...(entry.cwd && { cwd: here(entry.cwd) }),
    ...(entry.url && { url: here(entry.url) }),
    args: entry.args.map(here),
    env: entry.env.map(here),
    headers: entry.headers.map(here),
    problems: entry.problems.map(here),
  };
}
