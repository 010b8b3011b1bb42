import type { Profile, ProfilesApi } from '@gatehouse/api-client';
import { Deed } from '../../ui/deed';
import { PagedList } from '../../ui/paged-list';
import { changeOf, draftOf, type ProfileForm } from '../form/profile-form';

/** The profiles, and what is done to them. */
export class ProfilesStore {
  readonly profiles = new PagedList<Profile>();
  readonly saving = new Deed();

  constructor(private readonly api: ProfilesApi) {}

  load(): Promise<void> {
    return this.profiles.load((cursor, signal) => this.api.list({ cursor }, signal));
  }

  /**
   * @param profile the one that was edited; absent: a new one
   * @returns whether it was saved; the refusal is in `saving`
   */
  save(form: ProfileForm, profile?: Profile): Promise<boolean> {
    return this.saving.run(async () => {
      if (profile) this.replace(await this.api.change(profile.id, changeOf(form, profile)));
      else {
        await this.api.create(draftOf(form));
        await this.profiles.reload();
      }
    });
  }

  /** @throws ApiError when the server refuses */
  async setEnabled({ id, version }: Profile, enabled: boolean): Promise<void> {
    this.replace(await this.api.change(id, { enabled, version }));
  }

  /** @throws ApiError when the server refuses */
  async remove(profile: Profile): Promise<void> {
    await this.api.remove(profile.id);
    this.profiles.update((profiles) => profiles.filter((each) => each.id !== profile.id));
  }

  private replace(profile: Profile): void {
    this.profiles.update((profiles) => profiles.map((each) => (each.id === profile.id ? profile : each)));
  }
}
