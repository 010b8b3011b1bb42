const MASK = '••••';
const SHORTEST_SECRET = 8;

/** Knows the live secrets by value and removes them from any text that leaves for a log or a record. */
export class Scrubber {
  private readonly secrets = new Set<string>();
  private pattern: RegExp | undefined;

  /** Values under eight characters are ignored: masking them would shred ordinary text. */
  learn(secret: string): void {
    if (secret.length < SHORTEST_SECRET || this.secrets.has(secret)) return;
    this.secrets.add(secret);
    this.pattern = undefined;
  }

  clean(text: string): string {
    if (this.secrets.size === 0) return text;
    this.pattern ??= new RegExp(
      [...this.secrets]
        .sort((a, b) => b.length - a.length)
        .map(escape)
        .join('|'),
      'g',
    );
    return text.replace(this.pattern, MASK);
  }
}

/** Both the plain spelling and the one inside a JSON string. */
const escape = (secret: string): string => {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const json = JSON.stringify(secret).slice(1, -1);
  return json === secret ? literal(secret) : `${literal(secret)}|${literal(json)}`;
};
