import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Clock, SealBroken, SecretBox } from '../platform/index.js';
import { DeclaredItem } from './declared-item.entity.js';

export type DeclaredKind = 'group' | 'user' | 'service' | 'tool' | 'grant' | 'limit' | 'llm-provider' | 'embed-app';

/** Remembers what was declared when it was last applied. */
@Injectable()
export class DriftBook {
  constructor(
    @InjectRepository(DeclaredItem) private readonly items: Repository<DeclaredItem>,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** Whether exactly this was applied before: if the thing differs now, somebody changed it by hand. */
  async isSameAsLastTime(kind: DeclaredKind, key: string, item: unknown): Promise<boolean> {
    const known = await this.items.findOneBy({ kind, key });
    return known !== null && this.open(known) === digestOf(item);
  }

  async remember(kind: DeclaredKind, key: string, item: unknown): Promise<void> {
    const digest = this.box.seal(digestOf(item), placeOf(kind, key));
    await this.items.save({ kind, key, digest, appliedAt: this.clock.now() });
  }

  private open({ kind, key, digest }: DeclaredItem): string | undefined {
    try {
      return this.box.open(digest, placeOf(kind, key));
    } catch (error) {
      // Sealed with a key that is gone: nothing can be said about last time.
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }
}

const placeOf = (kind: string, key: string): string => `declared_item:${kind}/${key}:digest`;

const digestOf = (item: unknown): string => createHash('sha256').update(JSON.stringify(item)).digest('hex');
