import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Serial } from '../../services/index.js';
import type { ProfileDefinition } from '../definition.js';
import { ProfileGrantRow } from './profile-grant.entity.js';
import { ProfileItemRow } from './profile-item.entity.js';
import { profileOf } from './profile-rows.js';
import { ProfileRow } from './profile.entity.js';

/** Every profile in memory: lists and calls never ask the database. */
@Injectable()
export class ProfileDirectory implements OnModuleInit {
  private readonly byId = new Map<string, ProfileDefinition>();
  private readonly serial = new Serial();

  constructor(
    @InjectRepository(ProfileRow) private readonly rows: Repository<ProfileRow>,
    @InjectRepository(ProfileItemRow) private readonly items: Repository<ProfileItemRow>,
    @InjectRepository(ProfileGrantRow) private readonly grants: Repository<ProfileGrantRow>,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const row of await this.rows.find()) await this.load(row);
  }

  /** By id or slug, exactly as written. */
  find(idOrSlug: string): ProfileDefinition | undefined {
    return this.byId.get(idOrSlug) ?? this.findBySlug(idOrSlug);
  }

  findBySlug(slug: string): ProfileDefinition | undefined {
    return [...this.byId.values()].find((profile) => profile.slug === slug);
  }

  /** All profiles, the disabled ones too, in the order of their slugs. */
  list(): readonly ProfileDefinition[] {
    return [...this.byId.values()].sort((a, b) => (a.slug < b.slug ? -1 : 1));
  }

  /** Reads one profile again, after its rows were changed or deleted. */
  refresh(id: string): Promise<void> {
    return this.serial.run(async () => {
      const row = await this.rows.findOneBy({ id });
      if (row) await this.load(row);
      else this.byId.delete(id);
    });
  }

  private async load(row: ProfileRow): Promise<void> {
    const of = { profileId: row.id };
    const [items, grants] = [await this.items.findBy(of), await this.grants.findBy(of)];
    this.byId.set(row.id, profileOf(row, items, grants));
  }
}
