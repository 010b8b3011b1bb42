import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { EventBus, type Unsubscribe } from '../../platform/index.js';
import type { Credential, ServiceDefinition } from '../definition.js';
import { ServiceDirectory } from '../registry/service-directory.js';
import { Serial } from '../serial.js';
import { asUsedBy, isPerUser, namesOf, placeOf } from './own-account.js';
import { UserCredentialVault } from './user-credential-vault.js';
import { UserCredentialRow } from './user-credential.entity.js';

type Stored = Pick<UserCredentialRow, 'serviceId' | 'userId' | 'place' | 'auth' | 'updatedAt'>;

/** What people use services with, sealed and in memory: the path of a call never asks the database. */
@Injectable()
export class UserCredentialBook implements OnModuleInit, OnModuleDestroy {
  private readonly byOwner = new Map<string, Stored>();
  private readonly serial = new Serial();
  private subscriptions: Unsubscribe[] = [];

  constructor(
    @InjectRepository(UserCredentialRow) private readonly rows: Repository<UserCredentialRow>,
    private readonly services: ServiceDirectory,
    private readonly vault: UserCredentialVault,
    private readonly bus: EventBus,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const row of await this.rows.find()) this.byOwner.set(keyOf(row.serviceId, row.userId), row);
    this.subscriptions = [
      this.bus.subscribe('service.changed', ({ serviceId, change }) => {
        if (change === 'deleted') this.forget((each) => each.serviceId === serviceId);
      }),
      this.bus.subscribe('user.changed', async ({ userId, change }) => {
        if (change !== 'deleted') return;
        this.forget((each) => each.userId === userId);
        await this.rows.delete({ userId });
      }),
    ];
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  /** When this person's credentials were entered, if they are still what the service wants and are for where it is now. */
  storedAt(service: ServiceDefinition, userId: string): Date | undefined {
    const stored = this.byOwner.get(keyOf(service.id, userId));
    return stored?.place === placeOf(service) ? stored.updatedAt : undefined;
  }

  /** The service as this person reaches it; undefined without credentials of theirs that may be sent there. */
  asUsedBy(serviceId: string, userId: string): ServiceDefinition | undefined {
    const service = this.services.find(serviceId);
    if (!service || !isPerUser(service)) return undefined;
    const own = this.credentialsOf(service, userId);
    return own && asUsedBy(service, own);
  }

  /** Reads one person's credentials for a service again, after they were changed. */
  refresh(serviceId: string, userId: string): Promise<void> {
    return this.serial.run(async () => {
      const row = await this.rows.findOneBy({ serviceId, userId });
      if (row) this.byOwner.set(keyOf(serviceId, userId), row);
      else this.byOwner.delete(keyOf(serviceId, userId));
    });
  }

  private credentialsOf(service: ServiceDefinition, userId: string): readonly Credential[] | undefined {
    const stored = this.byOwner.get(keyOf(service.id, userId));
    if (stored?.place !== placeOf(service)) return undefined;
    const names = namesOf(service);
    const own = this.vault.open({ serviceId: service.id, userId }, stored.auth);
    const wanted = own?.filter(({ name }) => names.includes(name));
    return wanted?.length === names.length ? wanted : undefined;
  }

  private forget(isConcerned: (stored: Stored) => boolean): void {
    for (const [key, stored] of this.byOwner) if (isConcerned(stored)) this.byOwner.delete(key);
  }
}

const keyOf = (serviceId: string, userId: string): string => `${serviceId}:${userId}`;
