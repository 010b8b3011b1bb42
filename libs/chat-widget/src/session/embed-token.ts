/** Why a token is asked for: the conversation is opened, or the last token comes to its end. */
export type TokenReason = 'open' | 'refresh';

/** A token with the end of its life (ISO 8601), as `POST /api/embed/sessions` returns it. */
export interface EmbedToken {
  token: string;
  expiresAt?: string;
}

/** Given by the host page: asks the host's own server, which knows its user, for an embed token. */
export type GetToken = (reason: TokenReason) => Promise<string | EmbedToken>;

/** Nobody is signed in: the host page gave no token, or none that may be used here. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded';
}

/** The longest life that the server gives a token, assumed when the host does not say how long it lives. */
const LONGEST_LIFE_MS = 900_000;
const REFRESH_AT = 0.8;

/** Keeps the token of this page, in memory only, and replaces it before it ends. */
export class TokenKeeper {
  #token = '';
  #refreshAt = 0;
  #pending: Promise<string> | undefined;

  constructor(
    private readonly source: () => GetToken | undefined,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * The token to send now: the present one until 80 % of its life, then a new one.
   *
   * @throws {SignInNeeded} the host gives none
   */
  current(): Promise<string> {
    if (!this.#token) return this.renew('open');
    return this.now() < this.#refreshAt ? Promise.resolve(this.#token) : this.renew('refresh');
  }

  /** A new token; all who ask meanwhile share the answer. */
  renew(reason: TokenReason = 'refresh'): Promise<string> {
    this.#pending ??= this.#ask(reason).finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  async #ask(reason: TokenReason): Promise<string> {
    this.#token = '';
    const asked = this.now();
    const given = await this.#given(reason);
    const { token, expiresAt } = typeof given === 'string' ? { token: given, expiresAt: undefined } : given;
    // Anything else is a secret that has no business in a page; sending it would only spread it.
    if (!/^ghe_/.test(token)) throw new SignInNeeded('getToken() must return an embed token (ghe_…)');
    const life = expiresAt ? Date.parse(expiresAt) - asked : LONGEST_LIFE_MS;
    this.#refreshAt = asked + life * REFRESH_AT;
    return (this.#token = token);
  }

  async #given(reason: TokenReason): Promise<string | EmbedToken> {
    const getToken = this.source();
    if (!getToken) throw new SignInNeeded('the property getToken is not set');
    try {
      return await getToken(reason);
    } catch (cause) {
      throw new SignInNeeded('getToken() failed', { cause });
    }
  }
}

/** A fetch that sends the token and no cookies, and after one 401 tries once more with a new token. */
export const withToken =
  (tokens: TokenKeeper, send: typeof fetch): typeof fetch =>
  async (input, init = {}) => {
    const attempt = (token: string) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${token}`);
      return send(input, { ...init, credentials: 'omit', headers });
    };
    const response = await attempt(await tokens.current());
    return response.status === 401 ? attempt(await tokens.renew()) : response;
  };
