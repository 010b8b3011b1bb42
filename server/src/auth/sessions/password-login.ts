import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, RequestContext } from '../../platform/index.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { UserRecord } from '../users/user.entity.js';
import { LoginBrake } from './login-brake.js';
import type { Login } from './me.dto.js';
import { SessionKeeper, type OpenedSession } from './session-keeper.js';

/** Signs people in with e-mail address and password. */
@Injectable()
export class PasswordLogin {
  constructor(
    private readonly source: DataSource,
    private readonly hasher: PasswordHasher,
    private readonly brake: LoginBrake,
    private readonly sessions: SessionKeeper,
  ) {}

  /**
   * An unknown address, a wrong password and a disabled account look the same and take the same time.
   *
   * @throws {AppError} `login_failed`, `rate_limited`
   */
  async login({ email, password }: Login): Promise<OpenedSession & { userId: string }> {
    const { ip } = RequestContext.current();
    this.brake.attempt(email, ip);
    const user = await this.source.manager.findOneBy(UserRecord, { email });
    const fits = await this.hasher.verify(user?.passwordHash, password);
    if (!user?.enabled || !fits) throw new AppError('login_failed');
    const session = await this.sessions.open(user.id, user.passwordHash);
    this.brake.succeeded(email, ip);
    return { ...session, userId: user.id };
  }
}
