import { Injectable } from '@nestjs/common';
import { AccountDirectory, type Principal } from '../../auth/index.js';
import { People, type Person } from './people.js';

/** People as the accounts of this installation know them. */
@Injectable()
export class AccountPeople extends People {
  constructor(private readonly accounts: AccountDirectory) {
    super();
  }

  person(idOrEmail: string): Person | undefined {
    return this.accounts.findUser(idOrEmail);
  }

  groupName(id: string): string | undefined {
    return this.accounts.group(id)?.name;
  }

  principalOf(userId: string): Principal | undefined {
    return this.accounts.principalOf(userId);
  }
}
