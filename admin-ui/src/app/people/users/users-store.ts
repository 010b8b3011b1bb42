import type { Group, PeopleApi, Role, User, UserChange, UserDraft } from '@gatehouse/api-client';
import { Deed } from '../../ui/deed';
import { PagedList } from '../../ui/paged-list';

/** Choices are offered from the first page: the server's largest. */
const EVERY = 200;

/** The users, and what one may choose for them. */
export class UsersStore {
  readonly users = new PagedList<User>();
  readonly roles = new PagedList<Role>();
  readonly groups = new PagedList<Group>();
  readonly saving = new Deed();

  constructor(private readonly api: PeopleApi) {}

  search(q: string): Promise<void> {
    return this.users.load((cursor, signal) => this.api.users({ q, cursor }, signal));
  }

  async loadChoices(mayReadGroups: boolean): Promise<void> {
    await Promise.all([
      this.roles.load((cursor, signal) => this.api.roles({ cursor, limit: EVERY }, signal)),
      mayReadGroups
        ? this.groups.load((cursor, signal) => this.api.groups({ cursor, limit: EVERY }, signal))
        : undefined,
    ]);
  }

  /** @returns whether the user was added; the refusal is in `saving`. */
  create(draft: UserDraft): Promise<boolean> {
    return this.saving.run(async () => {
      await this.api.createUser(draft);
      await this.users.reload();
    });
  }

  /** @returns whether the user was changed; the refusal is in `saving`. */
  change(userId: string, change: UserChange): Promise<boolean> {
    return this.saving.run(async () => this.replace(await this.api.changeUser(userId, change)));
  }

  /** @throws ApiError when the server refuses. */
  async setEnabled(user: User, enabled: boolean): Promise<void> {
    this.replace(await this.api.changeUser(user.id, { enabled, version: user.version }));
  }

  /** @throws ApiError when the server refuses. */
  async remove(user: User): Promise<void> {
    await this.api.deleteUser(user.id);
    this.users.update((users) => users.filter((each) => each.id !== user.id));
  }

  private replace(user: User): void {
    this.users.update((users) => users.map((each) => (each.id === user.id ? user : each)));
  }
}
