import { TOKEN_PREFIX, hashToken, mintToken } from './secret-token.js';

describe('a minted token', () => {
  it('holds 256 random bits behind its prefix', () => {
    const { secret } = mintToken(TOKEN_PREFIX.apiKey);
    expect(secret).toMatch(/^ghk_[\w-]{43}$/);
    expect(Buffer.from(secret.slice(4), 'base64url')).toHaveLength(32);
    expect(mintToken(TOKEN_PREFIX.apiKey).secret).not.toBe(secret);
  });

  it('is stored as a hash and shown by its first characters alone', () => {
    const { secret, hash, shown } = mintToken(TOKEN_PREFIX.embedApp);
    expect(hash).toBe(hashToken(secret));
    expect(hash).not.toContain(secret.slice(4));
    expect(secret.startsWith(shown)).toBe(true);
    expect(shown).toHaveLength(10);
  });
});
