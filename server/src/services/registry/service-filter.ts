import { Injectable } from '@nestjs/common';
import { match } from 'pinyin-pro';
import type { ServiceDefinition } from '../definition.js';
import { HealthBoard } from '../health/health-board.js';
import type { ServiceQuery } from '../service.dto.js';

type Filters = Pick<ServiceQuery, 'q' | 'category' | 'tag' | 'type' | 'state'>;

/** Whether a service fits what a list was asked for; filters that are absent let everything through. */
@Injectable()
export class ServiceFilter {
  constructor(private readonly health: HealthBoard) {}

  matches(service: ServiceDefinition, { q, category, tag, type, state }: Filters): boolean {
    return (
      (category === undefined || service.category === category) &&
      (tag === undefined || service.tags.includes(tag)) &&
      (type === undefined || service.type === type) &&
      (state === undefined || this.health.of(service.id).state === state) &&
      (q === undefined || containsText(service, q.trim().toLowerCase()))
    );
  }
}

/** A Chinese name is also found by its pinyin or the initials of it, as one types it without an input method. */
const containsText = (service: ServiceDefinition, q: string): boolean =>
  textOf(service).includes(q) ||
  (/^[a-z ]{2,}$/.test(q) && match(service.displayName.zh ?? service.name, q, { continuous: true }) !== null);

const textOf = ({ name, slug, displayName, description, category, tags }: ServiceDefinition): string =>
  [name, slug, displayName.zh, displayName.en, description.zh, description.en, category, ...tags]
    .join('\n')
    .toLowerCase();
