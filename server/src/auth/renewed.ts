import type { AccountDirectory } from './directory/account-directory.js';
import type { Principal } from './principal.js';

/**
 * The same caller with today's rights, for what goes on after the request that began it; undefined when their account is off.
 *
 * A session has all rights of its account; a narrower credential keeps to what it had, and may only lose of it.
 */
export function renewed(caller: Principal, accounts: AccountDirectory): Principal | undefined {
  const account = accounts.principalOf(caller.userId);
  if (!account) return undefined;
  const permissions =
    caller.credential.kind === 'session' ? account.permissions : both(caller.permissions, account.permissions);
  return { ...caller, groupIds: account.groupIds, permissions };
}

const both = <T>(some: ReadonlySet<T>, others: ReadonlySet<T>): ReadonlySet<T> =>
  new Set([...some].filter((each) => others.has(each)));
