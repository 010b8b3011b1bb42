import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { ServiceDefinition } from '../definition.js';
import { Serial } from '../serial.js';
import { CredentialVault } from './credential-vault.js';
import { ServiceRow } from './service.entity.js';

/** Every registered service, in memory and with its secrets opened: the path of a call never asks the database. */
@Injectable()
export class ServiceDirectory implements OnModuleInit {
  private readonly byId = new Map<string, ServiceDefinition>();
  private readonly idOfSlug = new Map<string, string>();
  private sorted: readonly ServiceDefinition[] | undefined;
  private readonly serial = new Serial();

  constructor(
    @InjectRepository(ServiceRow) private readonly rows: Repository<ServiceRow>,
    private readonly vault: CredentialVault,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const row of await this.rows.find()) this.put(this.definitionOf(row));
  }

  /** By id or slug, exactly as written. */
  find(idOrSlug: string): ServiceDefinition | undefined {
    return this.byId.get(idOrSlug) ?? this.byId.get(this.idOfSlug.get(idOrSlug) ?? '');
  }

  /** All services, the disabled ones too, in the order of their slugs. */
  list(): readonly ServiceDefinition[] {
    this.sorted ??= [...this.byId.values()].sort((a, b) => (a.slug < b.slug ? -1 : 1));
    return this.sorted;
  }

  /** Reads one service again, after its row was changed or deleted. */
  refresh(id: string): Promise<void> {
    return this.serial.run(async () => {
      const row = await this.rows.findOneBy({ id });
      if (row) this.put(this.definitionOf(row));
      else this.remove(id);
    });
  }

  private put(definition: ServiceDefinition): void {
    this.remove(definition.id);
    this.byId.set(definition.id, definition);
    this.idOfSlug.set(definition.slug, definition.id);
  }

  private remove(id: string): void {
    const known = this.byId.get(id);
    this.sorted = undefined;
    if (!known) return;
    this.byId.delete(id);
    // Another service may have taken the slug in the meantime.
    if (this.idOfSlug.get(known.slug) === id) this.idOfSlug.delete(known.slug);
  }

  private definitionOf(row: ServiceRow): ServiceDefinition {
    const { auth, status: _status, capabilities: _capabilities, ...rest } = row;
    const credentials = this.vault.open(row.id, auth);
    return { ...rest, credentials: credentials ?? [], credentialsReadable: credentials !== undefined };
  }
}
