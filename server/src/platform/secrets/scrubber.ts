const MASK = '••••';
const SHORTEST_SECRET = 8;
/** Keys and tokens of ours are stored nowhere, so that only their shape gives them away. */
const OWN_CREDENTIAL = '\\bgh[kea]_[A-Za-z0-9_-]{40,}';

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
    this.pattern ??= this.patternOf();
    return text.replace(this.pattern, MASK);
  }

  private patternOf(): RegExp {
    const known = [...new Set([...this.secrets].flatMap(spellings))];
    known.sort((a, b) => b.length - a.length);
    return new RegExp([...known.map(literal), OWN_CREDENTIAL].join('|'), 'g');
  }
}

/** The plain spelling, the one inside a JSON string, and those in addresses and in base64. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const unpadded = bytes.toString('base64').replace(/=+$/, '');
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    unpadded,
    bytes.toString('base64url'),
  ];
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
