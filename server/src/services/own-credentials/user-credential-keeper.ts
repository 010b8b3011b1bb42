import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { Principal } from '../../auth/index.js';
import { AdminTrail, AppError, Clock, EventBus, type FieldProblem } from '../../platform/index.js';
import type { Credential, ServiceDefinition } from '../definition.js';
import { headerProblem } from '../draft/field-names.js';
import { say } from '../say.js';
import { isPerUser, namesOf, placeOf } from './own-account.js';
import { UserCredentialBook } from './user-credential-book.js';
import { UserCredentialVault } from './user-credential-vault.js';
import { UserCredentialRow } from './user-credential.entity.js';

/** Stores and forgets what somebody uses a service with; when they have their answer, their connection is a new one. */
@Injectable()
export class UserCredentialKeeper {
  constructor(
    private readonly database: DataSource,
    private readonly book: UserCredentialBook,
    private readonly vault: UserCredentialVault,
    private readonly trail: AdminTrail,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * @param values by the names that the service wants
   * @throws {AppError} `validation_failed` · `not_found` for a service that is shared
   */
  async store(person: Principal, service: ServiceDefinition, values: Readonly<Record<string, string>>): Promise<void> {
    if (!isPerUser(service)) throw new AppError('not_found');
    const credentials = credentialsOf(service, values);
    const owner = { serviceId: service.id, userId: person.userId };
    await this.database.transaction(async (manager) => {
      await manager.delete(UserCredentialRow, owner);
      await manager.insert(UserCredentialRow, {
        ...owner,
        id: randomUUID(),
        place: placeOf(service),
        auth: this.vault.seal(owner, credentials),
        updatedAt: this.clock.now(),
      });
      await this.trail.record(manager, {
        ...lineOf(person, service, 'service.connect-account'),
        changes: { sealed: credentials.map(({ name }) => name) },
      });
    });
    await this.announce(owner);
  }

  async remove(person: Principal, service: ServiceDefinition): Promise<void> {
    const owner = { serviceId: service.id, userId: person.userId };
    await this.database.transaction(async (manager) => {
      const { affected } = await manager.delete(UserCredentialRow, owner);
      if (affected !== 0) await this.trail.record(manager, lineOf(person, service, 'service.disconnect-account'));
    });
    await this.announce(owner);
  }

  private async announce(owner: { serviceId: string; userId: string }): Promise<void> {
    await this.book.refresh(owner.serviceId, owner.userId);
    this.bus.publish('user-credentials.changed', owner);
  }
}

const lineOf = ({ userId, email }: Principal, { id, name }: ServiceDefinition, action: string) => ({
  action,
  actor: { id: userId, label: email },
  target: { kind: 'service', id, name },
});

/** @throws {AppError} `validation_failed` naming every problem at once */
function credentialsOf(service: ServiceDefinition, values: Readonly<Record<string, string>>): Credential[] {
  const target = service.type === 'stdio' ? 'env' : 'header';
  const names = namesOf(service);
  const foreign = Object.keys(values).filter((name) => !names.includes(name));
  const problems: FieldProblem[] = [
    ...foreign.map((name) => ({ path: `values.${name}`, message: say('is not asked for', '该服务不需要此项') })),
    ...names.flatMap((name) => {
      const message = valueProblem(target, name, values[name]);
      return message === undefined ? [] : [{ path: `values.${name}`, message }];
    }),
  ];
  if (problems.length > 0) throw new AppError('validation_failed', { fields: problems });
  return names.map((name) => ({ target, name, value: values[name] ?? '' }));
}

function valueProblem(target: 'env' | 'header', name: string, value: string | undefined): string | undefined {
  if (!value) return say('must not be empty', '不能为空');
  return target === 'header' ? headerProblem(name, value) : undefined;
}
