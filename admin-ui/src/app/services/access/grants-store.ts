import { computed } from '@angular/core';
import { type AccessApi, type Grant, type GrantDraft } from '@gatehouse/api-client';
import { Remote } from '../../ui/remote';
import { allPages } from '../detail/all-pages';

/** The grants of one tool, or of the service as a whole (`tool` null). */
export interface GrantSection {
  tool: string | null;
  grants: Grant[];
}

/** The grants of one service. */
export class GrantsStore {
  readonly read = new Remote<Grant[]>();
  readonly grants = computed(() => this.read.value() ?? []);
  readonly sections = computed(() => sectionsOf(this.grants()));

  constructor(private readonly api: AccessApi) {}

  load(serviceId: string): Promise<void> {
    return this.read.load((signal) => allPages((cursor) => this.api.grants({ serviceId, cursor, limit: 200 }, signal)));
  }

  /** @throws ApiError when it is refused, for example because the same grant exists. */
  async add(draft: GrantDraft): Promise<void> {
    const grant = await this.api.grant(draft);
    this.read.set([...this.grants(), grant]);
  }

  /** @throws ApiError when it is refused; the grant then stays in the list. */
  async remove(grant: Grant): Promise<void> {
    await this.api.revoke(grant.id);
    this.read.set(this.grants().filter((one) => one.id !== grant.id));
  }
}

/** The whole service first, then its tools by name; in each, what forbids stands before what allows, as it is decided. */
export function sectionsOf(grants: readonly Grant[]): GrantSection[] {
  const tools = [...new Set(grants.map((grant) => grant.tool))].sort(wholeFirst);
  return tools.map((tool) => ({ tool, grants: grants.filter((grant) => grant.tool === tool).sort(denyFirst) }));
}

const wholeFirst = (left: string | null, right: string | null): number =>
  left === null ? -1 : right === null ? 1 : left.localeCompare(right);

const denyFirst = (left: Grant, right: Grant): number =>
  left.effect === right.effect ? left.subject.name.localeCompare(right.subject.name) : left.effect === 'deny' ? -1 : 1;
