import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.js';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What was sealed cannot be opened: wrong key, wrong place, or altered bytes. */
export class SealBroken extends Error {
  constructor(place: string, cause?: unknown) {
    super(`The secret at ${place} cannot be opened: its key is missing or it was altered or moved.`, { cause });
    this.name = 'SealBroken';
  }
}

/**
 * Seals secrets for storage: AES-256-GCM with a data key of its own for each secret, wrapped by a versioned root key.
 *
 * Both layers are bound to `place` (table, row, column), so that a ciphertext moved elsewhere does not open.
 * Format: `v1.<keyId>.<wrapped data key>.<sealed text>`, base64url of nonce, ciphertext and tag.
 */
export class SecretBox {
  constructor(private readonly ring: KeyRing) {}

  seal(plain: string, place: string): string {
    const root = this.rootKey(this.ring.current, place);
    const dataKey = randomBytes(32);
    const aad = aadOf(this.ring.current, place);
    return [
      VERSION,
      this.ring.current,
      encrypt(root, dataKey, aad),
      encrypt(dataKey, Buffer.from(plain, 'utf8'), aad),
    ].join('.');
  }

  /** @throws {SealBroken} */
  open(sealed: string, place: string): string {
    const [version, keyId, wrapped, body, ...more] = sealed.split('.');
    if (version !== VERSION || !keyId || !wrapped || !body || more.length > 0) throw new SealBroken(place);
    const aad = aadOf(keyId, place);
    try {
      const dataKey = decrypt(this.rootKey(keyId, place), wrapped, aad);
      return decrypt(dataKey, body, aad).toString('utf8');
    } catch (cause) {
      throw new SealBroken(place, cause);
    }
  }

  /** Id of the root key that new secrets are sealed with. */
  get currentKeyId(): string {
    return this.ring.current;
  }

  /**
   * A key for one purpose, always the same for the same root key (HKDF-SHA256).
   *
   * @throws {SealBroken} no such root key is known
   */
  derive(purpose: string, keyId: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.rootKey(keyId, purpose), '', purpose, 32));
  }

  private rootKey(id: string, place: string): Buffer {
    const key = this.ring.keys.get(id);
    if (!key) throw new SealBroken(place);
    return key;
  }
}

const aadOf = (keyId: string, place: string): Buffer => Buffer.from(JSON.stringify([VERSION, keyId, place]));

function encrypt(key: Buffer, plain: Buffer, aad: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function decrypt(key: Buffer, text: string, aad: Buffer): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  // Decoding skips what does not belong there: one secret would have many spellings.
  if (bytes.toString('base64url') !== text) throw new Error('The text is not what was sealed.');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(bytes.length - TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(aad)
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)), decipher.final()]);
}
