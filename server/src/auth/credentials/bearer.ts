/** RFC 6750 §2.1: one scheme, one token, nothing else. */
const BEARER = /^Bearer ([A-Za-z0-9\-._~+/]{1,256}=*)$/i;

/** The token of an `Authorization` header; undefined for any other scheme or shape. */
export const bearerOf = (authorization: string | undefined): string | undefined =>
  BEARER.exec(authorization ?? '')?.[1];
