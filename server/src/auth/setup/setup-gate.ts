import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AppError, CONFIG, type Config } from '../../platform/index.js';
import { hashToken, mintToken } from '../credentials/secret-token.js';
import { AccountDirectory } from '../directory/account-directory.js';
import { AccountLedger, type AccountChange } from '../directory/account-ledger.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { RoleAssignment } from '../roles/role.entity.js';
import type { UserSource } from '../users/user.entity.js';
import { UserRegistrar } from '../users/user-registrar.js';
import type { SetupDraft } from './setup.dto.js';

type Owner = Omit<SetupDraft, 'token'>;

export interface CreatedOwner {
  userId: string;
  /** What the session is opened with. */
  passwordHash: string;
}

/** Stands open until the first owner exists, to whoever has the token of this start. */
@Injectable()
export class SetupGate implements OnApplicationBootstrap {
  private readonly logger = new Logger('SetupGate');
  private readonly token = mintToken('');

  constructor(
    private readonly directory: AccountDirectory,
    private readonly ledger: AccountLedger,
    private readonly registrar: UserRegistrar,
    private readonly hasher: PasswordHasher,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Creates the owner whom the operator configured, at the first start only. */
  async onApplicationBootstrap(): Promise<void> {
    const { owner } = this.config;
    if (!owner) return;
    if (!this.isRequired()) {
      this.logger.log('An owner exists: GATEHOUSE_OWNER_EMAIL and GATEHOUSE_OWNER_PASSWORD are ignored.');
      return;
    }
    await this.createOwner(owner, 'config');
    this.logger.log(`The owner ${owner.email} was created as configured.`);
  }

  /** True until the first owner exists. */
  isRequired(): boolean {
    return !this.directory.hasOwner();
  }

  /** Where the first owner's account is made; null once there is one. The token is behind `#`, so no log keeps it. */
  link(baseUrl: string): string | null {
    return this.isRequired() ? `${baseUrl.replace(/\/+$/, '')}/admin/setup#token=${this.token.secret}` : null;
  }

  /** @throws {AppError} `setup_done`, `setup_token_invalid`, `conflict` */
  async complete({ token, ...owner }: SetupDraft): Promise<CreatedOwner> {
    if (!this.isRequired()) throw new AppError('setup_done');
    if (!timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(this.token.hash)))
      throw new AppError('setup_token_invalid');
    return this.createOwner(owner, 'local');
  }

  private async createOwner({ email, password, displayName }: Owner, source: UserSource): Promise<CreatedOwner> {
    const passwordHash = await this.hasher.hash(password);
    const name = displayName ?? email.split('@')[0] ?? email;
    return this.ledger.change(async (change) => {
      await mustBeFirst(change);
      const draft = { email, displayName: name, roles: ['owner'], source, passwordHash };
      const userId = await this.registrar.insert(change, 'installation', draft);
      change.announce('setup.completed', { userId });
      return { userId, passwordHash };
    });
  }
}

/** Asked in the ledger's turn: of several set-ups at once, on any replica, one finds no owner. */
async function mustBeFirst(change: AccountChange): Promise<void> {
  if (await change.manager.existsBy(RoleAssignment, { role: 'owner' })) throw new AppError('setup_done');
}
