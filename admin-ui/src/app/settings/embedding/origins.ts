/** The lines of a text as origins; blank ones are left out. */
export const originsOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** The first line that is no origin (scheme and host, no path), undefined when all are. */
export const firstBadOrigin = (origins: readonly string[]): string | undefined =>
  origins.find((origin) => !isOrigin(origin));

function isOrigin(text: string): boolean {
  try {
    const { protocol, origin } = new URL(text);
    return (protocol === 'https:' || protocol === 'http:') && origin === text;
  } catch {
    return false;
  }
}
