import { LRUCache } from 'lru-cache';

/**
 * Credentials by the hash of their secret, so that a known one costs no query.
 *
 * Whoever revokes one calls `forget` in the same tick; a look-up that was under way then is done again, so that a row
 * read before the revocation is never remembered after it. Unknown hashes are not remembered.
 */
export class CredentialCache<T extends object> {
  private readonly known: LRUCache<string, T>;
  private readonly underWay = new Map<string, Promise<T | undefined>>();
  private revocations = 0;

  /** @param capacity how many are kept; the one unused for longest goes first */
  constructor(
    private readonly load: (hash: string) => Promise<T | undefined>,
    capacity = 10_000,
  ) {
    this.known = new LRUCache({ max: capacity });
  }

  async find(hash: string): Promise<T | undefined> {
    return this.known.get(hash) ?? this.lookUp(hash);
  }

  forget(matches: (credential: T) => boolean): void {
    this.revocations += 1;
    for (const [hash, credential] of this.known) if (matches(credential)) this.known.delete(hash);
  }

  /** Until it is revoked, or pushed out by others. Nothing may have revoked it since it was looked at. */
  remember(hash: string, credential: T): void {
    this.known.set(hash, credential);
  }

  private lookUp(hash: string): Promise<T | undefined> {
    const waiting = this.underWay.get(hash);
    if (waiting) return waiting;
    const look = this.readUndisturbed(hash).finally(() => this.underWay.delete(hash));
    this.underWay.set(hash, look);
    return look;
  }

  private async readUndisturbed(hash: string): Promise<T | undefined> {
    for (;;) {
      const before = this.revocations;
      const credential = await this.load(hash);
      if (before !== this.revocations) continue;
      if (credential !== undefined) this.remember(hash, credential);
      return credential;
    }
  }
}
