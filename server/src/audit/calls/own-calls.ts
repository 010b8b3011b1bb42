import type { SelectQueryBuilder } from 'typeorm';
import type { Principal } from '../../auth/index.js';
import type { CallRecord } from './call-record.entity.js';

/**
 * Whether a call is the caller's own: a person's are all they made, whichever way; a key's are those made with it, because
 * what its user did elsewhere is no business of the program that holds it.
 */
export const isOwn = (row: Pick<CallRecord, 'userId' | 'credentialId'>, { userId, credential }: Principal): boolean =>
  row.userId === userId && (credential.kind === 'session' || row.credentialId === credential.id);

/** The same as a condition on `call`. */
export function onlyOwn(builder: SelectQueryBuilder<CallRecord>, { userId, credential }: Principal): void {
  builder.andWhere('call.userId = :me', { me: userId });
  if (credential.kind !== 'session') builder.andWhere('call.credentialId = :mine', { mine: credential.id });
}
