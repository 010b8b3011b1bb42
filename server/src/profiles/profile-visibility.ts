import { Injectable } from '@nestjs/common';
import { holds, type Principal } from '../auth/index.js';
import { AppError } from '../platform/index.js';
import { ProfileContents } from './contents/profile-contents.js';
import type { ProfileDefinition } from './definition.js';
import { ProfileDirectory } from './store/profile-directory.js';

/** Which profiles exist for whom: all with `services:read`, within the services of a key; otherwise those that offer something. */
@Injectable()
export class ProfileVisibility {
  constructor(
    private readonly directory: ProfileDirectory,
    private readonly contents: ProfileContents,
  ) {}

  /** In the order of their slugs. */
  list(reader: Principal): readonly ProfileDefinition[] {
    return this.directory.list().filter((profile) => this.isVisible(reader, profile));
  }

  /** @throws {AppError} `not_found` for what does not exist and for what is not the reader's alike */
  demand(reader: Principal, idOrSlug: string): ProfileDefinition {
    const profile = this.directory.find(idOrSlug);
    if (!profile || !this.isVisible(reader, profile)) throw new AppError('not_found');
    return profile;
  }

  /** Whether the reader sees settings, items and everything that lies behind. */
  seesInside(reader: Principal, { items }: ProfileDefinition): boolean {
    const { serviceIds } = reader;
    return holds(reader, 'services:read') && items.every((item) => serviceIds?.has(item.serviceId) ?? true);
  }

  private isVisible(reader: Principal, profile: ProfileDefinition): boolean {
    return this.seesInside(reader, profile) || this.contents.toolsFor(reader, profile.slug).length > 0;
  }
}
