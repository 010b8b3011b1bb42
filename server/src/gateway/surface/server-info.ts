/** How we introduce ourselves to clients. */
export const SERVER_INFO = { name: 'gatehouse', title: 'Gatehouse', version: '0.1.0' };
