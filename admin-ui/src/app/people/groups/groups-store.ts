import { signal } from '@angular/core';
import type { Group, Member, PeopleApi, User } from '@gatehouse/api-client';
import { Deed } from '../../ui/deed';
import { PagedList } from '../../ui/paged-list';
import { Remote } from '../../ui/remote';

/** How many people a search for new members offers. */
const CANDIDATES = 20;

/** The groups, and the members of the one that is open. */
export class GroupsStore {
  readonly groups = new PagedList<Group>();
  readonly members = new PagedList<Member>();
  readonly candidates = new Remote<User[]>();
  readonly saving = new Deed();
  readonly openGroup = signal<Group | undefined>(undefined);

  constructor(private readonly api: PeopleApi) {}

  search(q: string): Promise<void> {
    return this.groups.load((cursor, signal) => this.api.groups({ q, cursor }, signal));
  }

  /** Creates a group, or changes `group`. @returns whether it was saved; the refusal is in `saving`. */
  save(name: string, description: string, group?: Group): Promise<boolean> {
    return this.saving.run(async () => {
      if (group) await this.api.changeGroup(group.id, { name, description, version: group.version });
      else await this.api.createGroup({ name, description });
      await this.groups.reload();
    });
  }

  /** @throws ApiError when the server refuses. */
  async remove(group: Group): Promise<void> {
    await this.api.deleteGroup(group.id);
    this.groups.update((groups) => groups.filter((each) => each.id !== group.id));
  }

  /** Opens a group's members. */
  async open(group: Group): Promise<void> {
    this.openGroup.set(group);
    this.candidates.clear();
    await this.members.load((cursor, signal) => this.api.members(group.id, { cursor }, signal), { fresh: true });
  }

  close(): void {
    this.openGroup.set(undefined);
  }

  /** Looks for people who are not in the open group yet. */
  findCandidates(q: string): Promise<void> {
    return this.candidates.load(async (signal) => {
      const { items } = await this.api.users({ q, limit: CANDIDATES }, signal);
      const present = new Set(this.members.items().map((member) => member.userId));
      return items.filter((user) => !present.has(user.id));
    });
  }

  /** @throws ApiError when the server refuses. */
  async add(userId: string): Promise<void> {
    const group = this.openGroup();
    if (!group) return;
    const member = await this.api.addMember(group.id, userId);
    this.members.update((members) => [member, ...members]);
    this.count(group.id, 1);
  }

  /** @throws ApiError when the server refuses. */
  async removeMember(userId: string): Promise<void> {
    const group = this.openGroup();
    if (!group) return;
    await this.api.removeMember(group.id, userId);
    this.members.update((members) => members.filter((member) => member.userId !== userId));
    this.count(group.id, -1);
  }

  private count(groupId: string, by: number): void {
    this.groups.update((groups) =>
      groups.map((group) => (group.id === groupId ? { ...group, memberCount: group.memberCount + by } : group)),
    );
  }
}
