/** Every list is made for one principal, and may be another one the next moment. */
export const PRIVATE = { ttlMs: 0, cacheScope: 'private' } as const;

/** How we introduce ourselves to clients. */
export const SERVER_INFO = { name: 'gatehouse', title: 'Gatehouse', version: '0.1.0' };
