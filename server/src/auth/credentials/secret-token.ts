import { hash, randomBytes } from 'node:crypto';

/** What stands in front of a secret, so that people and scanners know what they found. */
export const TOKEN_PREFIX = { apiKey: 'ghk_', embedToken: 'ghe_', embedApp: 'gha_', session: '' } as const;
export type TokenPrefix = (typeof TOKEN_PREFIX)[keyof typeof TOKEN_PREFIX];

const SECRET_BYTES = 32;
const SHOWN_CHARACTERS = 6;

export interface MintedToken {
  /** Given to its owner once, never stored. */
  secret: string;
  /** SHA-256, hex: what is stored. The secret is random, so it needs no salt and no slow hash. */
  hash: string;
  /** The first characters, by which a person recognises it. */
  shown: string;
}

/** A new secret of 256 random bits. */
export function mintToken(prefix: TokenPrefix): MintedToken {
  const secret = prefix + randomBytes(SECRET_BYTES).toString('base64url');
  return { secret, hash: hashToken(secret), shown: secret.slice(0, prefix.length + SHOWN_CHARACTERS) };
}

export const hashToken = (secret: string): string => hash('sha256', secret, 'hex');
