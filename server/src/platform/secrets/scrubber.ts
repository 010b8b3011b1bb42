import { KnownTexts, SHORTEST } from './known-texts.js';

const MASK = '••••';
/** Keys and tokens of ours are stored nowhere, so that only their shape gives them away. */
const OWN_CREDENTIAL = /\bgh[kea]_[A-Za-z0-9_-]{40,}/g;

/** Knows the live secrets by value and removes them from any text that leaves for a log or a record. */
export class Scrubber {
  private readonly secrets = new Set<string>();
  private readonly known = new KnownTexts();

  /** Values under eight characters are ignored: masking them would shred ordinary text. */
  learn(secret: string): void {
    if (secret.length < SHORTEST || this.secrets.has(secret)) return;
    this.secrets.add(secret);
    for (const spelling of new Set(spellings(secret))) this.known.add(spelling);
  }

  clean(text: string): string {
    return this.known.replaceAll(text, MASK).replace(OWN_CREDENTIAL, MASK);
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
