import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Unsubscribe } from '../platform/index.js';
import { INSTALLATION } from '../services/index.js';
import { ProfileRegistrar } from './profile-registrar.js';

/** Takes back the profile grants of users and groups that are deleted. */
@Injectable()
export class ProfileSubjectWatch implements OnModuleInit, OnModuleDestroy {
  private subscriptions: Unsubscribe[] = [];

  constructor(
    private readonly bus: EventBus,
    private readonly registrar: ProfileRegistrar,
  ) {}

  onModuleInit(): void {
    this.subscriptions = [
      this.bus.subscribe('user.changed', ({ userId, change }) => this.forget(change, 'user', userId)),
      this.bus.subscribe('group.changed', ({ groupId, change }) => this.forget(change, 'group', groupId)),
    ];
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  private async forget(change: string, kind: 'user' | 'group', id: string): Promise<void> {
    if (change === 'deleted') await this.registrar.forget(kind, id, INSTALLATION);
  }
}
