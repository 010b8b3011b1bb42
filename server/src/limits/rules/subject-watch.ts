import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ApiKeyBook } from '../../auth/index.js';
import { EventBus, type Unsubscribe } from '../../platform/index.js';
import { INSTALLATION } from '../../services/index.js';
import { LimitBook } from './limit-book.js';
import { LimitRegistrar } from './limit-registrar.js';
import type { LimitSubject } from './rule.js';

/** Removes the rules about users, groups, keys and services that are gone. */
@Injectable()
export class LimitSubjectWatch implements OnModuleInit, OnModuleDestroy {
  private subscriptions: Unsubscribe[] = [];

  constructor(
    private readonly bus: EventBus,
    private readonly book: LimitBook,
    private readonly keys: ApiKeyBook,
    private readonly registrar: LimitRegistrar,
  ) {}

  onModuleInit(): void {
    this.subscriptions = [
      this.bus.subscribe('user.changed', ({ userId, change }) => this.gone(change, ['user'], userId)),
      this.bus.subscribe('group.changed', ({ groupId, change }) => this.gone(change, ['group'], groupId)),
      this.bus.subscribe('service.changed', ({ serviceId, change }) =>
        this.gone(change, ['service', 'tool'], serviceId),
      ),
      this.bus.subscribe('credential.revoked', ({ kind }) => (kind === 'api-key' ? this.prune() : undefined)),
    ];
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  private async gone(change: string, kinds: readonly LimitSubject['kind'][], id: string): Promise<void> {
    if (change !== 'deleted') return;
    await this.registrar.forget(
      (subject) => kinds.includes(subject.kind) && 'id' in subject && subject.id === id,
      INSTALLATION,
    );
    if (kinds.includes('user')) await this.prune();
  }

  /** Keys end alone, with their user, or many at once: whichever is gone is found by looking. */
  private async prune(): Promise<void> {
    const ids = this.book.all().flatMap(({ subject }) => (subject.kind === 'key' ? [subject.id] : []));
    if (ids.length === 0) return;
    const left = await this.keys.find(ids);
    await this.registrar.forget((subject) => subject.kind === 'key' && !left.has(subject.id), INSTALLATION);
  }
}
