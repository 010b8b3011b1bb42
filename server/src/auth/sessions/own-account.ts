import { Injectable } from '@nestjs/common';
import { DataSource, Not } from 'typeorm';
import { AppError, RequestContext } from '../../platform/index.js';
import { onTrail } from '../access/actor.js';
import { AccountDirectory } from '../directory/account-directory.js';
import { AccountLedger } from '../directory/account-ledger.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import type { Principal } from '../principal.js';
import { UserRecord } from '../users/user.entity.js';
import { UserRegistrar } from '../users/user-registrar.js';
import { LoginBrake } from './login-brake.js';
import type { Me, MeChange, PasswordChange } from './me.dto.js';
import { SessionRecord } from './session.entity.js';

/** What people see of themselves and change about themselves; changes take a session, not a key. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly source: DataSource,
    private readonly directory: AccountDirectory,
    private readonly ledger: AccountLedger,
    private readonly registrar: UserRegistrar,
    private readonly hasher: PasswordHasher,
    private readonly brake: LoginBrake,
  ) {}

  /** Somebody who has just signed in. */
  readById(userId: string): Me {
    const principal = this.directory.principalOf(userId);
    if (!principal) throw new AppError('auth_required');
    return this.read(principal);
  }

  read(caller: Principal): Me {
    const account = this.directory.user(caller.userId);
    if (!account) throw new AppError('auth_required');
    return {
      id: account.id,
      email: account.email,
      displayName: account.displayName,
      language: account.language,
      roles: [...account.roles],
      permissions: [...caller.permissions],
      groups: this.directory.groupsOf(account.id).map(({ id, name }) => ({ id, name })),
      via: caller.credential.kind,
    };
  }

  /** @throws {AppError} `session_required` */
  async change(caller: Principal, change: MeChange): Promise<Me> {
    mustBeSession(caller);
    await this.registrar.changeProfile(caller, caller.userId, change);
    return this.read(caller);
  }

  /**
   * Sets a new password and ends all other sessions of the caller.
   *
   * @throws {AppError} `session_required`, `password_wrong`, `rate_limited`
   */
  async changePassword(caller: Principal, { currentPassword, newPassword }: PasswordChange): Promise<void> {
    mustBeSession(caller);
    const { userId, email, credential } = caller;
    const { ip } = RequestContext.current();
    this.brake.attempt(email, ip);
    const user = await this.source.manager.findOneBy(UserRecord, { id: userId });
    if (!user || !(await this.hasher.verify(user.passwordHash, currentPassword))) throw new AppError('password_wrong');
    this.brake.succeeded(email, ip);
    const passwordHash = await this.hasher.hash(newPassword);
    await this.ledger.change(async (change) => {
      const unchanged = { id: userId, version: user.version };
      const { affected } = await change.manager.update(UserRecord, unchanged, {
        passwordHash,
        version: user.version + 1,
      });
      if (!affected) throw new AppError('stale_version');
      await change.manager.delete(SessionRecord, { userId, id: Not(credential.id) });
      await change.record({
        action: 'user.password',
        actor: onTrail(caller),
        target: { kind: 'user', id: userId, name: email },
      });
      change.announce('credential.revoked', { kind: 'session', userId, exceptId: credential.id });
    });
  }
}

function mustBeSession(caller: Principal): void {
  if (caller.credential.kind !== 'session') throw new AppError('session_required');
}
