import type { PeopleApi, Role, RoleDraft } from '@gatehouse/api-client';
import { Deed } from '../../ui/deed';
import { PagedList } from '../../ui/paged-list';

/** The server's largest page: roles are few. */
const EVERY = 200;

export class RolesStore {
  readonly roles = new PagedList<Role>();
  readonly saving = new Deed();

  constructor(private readonly api: PeopleApi) {}

  load(): Promise<void> {
    return this.roles.load((cursor, signal) => this.api.roles({ cursor, limit: EVERY }, signal));
  }

  /** Creates a role, or changes the one of this name. @returns whether it was saved; the refusal is in `saving`. */
  save(draft: RoleDraft, existing: boolean): Promise<boolean> {
    return this.saving.run(async () => {
      if (existing) await this.api.changeRole(draft.name, draft);
      else await this.api.createRole(draft);
      await this.roles.reload();
    });
  }

  /** @throws ApiError when the server refuses. */
  async remove(role: Role): Promise<void> {
    await this.api.deleteRole(role.name);
    this.roles.update((roles) => roles.filter((each) => each.name !== role.name));
  }
}
