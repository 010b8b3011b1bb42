import { Injectable } from '@nestjs/common';
import type { ServiceDefinition } from '../definition.js';
import { HealthBoard } from '../health/health-board.js';
import type { ServiceQuery } from '../service.dto.js';

type Filters = Pick<ServiceQuery, 'q' | 'category' | 'tag' | 'type' | 'state'>;

type Test = (service: ServiceDefinition) => boolean;

/** Finds the services that a list was asked for; filters that are absent let everything through. */
@Injectable()
export class ServiceFilter {
  constructor(private readonly health: HealthBoard) {}

  async among(services: ServiceDefinition[], { q, category, tag, type, state }: Filters): Promise<ServiceDefinition[]> {
    const contains = q === undefined ? undefined : await textTest(q.trim().toLowerCase());
    return services.filter(
      (service) =>
        (category === undefined || service.category === category) &&
        (tag === undefined || service.tags.includes(tag)) &&
        (type === undefined || service.type === type) &&
        (state === undefined || this.health.of(service.id).state === state) &&
        (contains === undefined || contains(service)),
    );
  }
}

/**
 * A Chinese name is also found by its pinyin or the initials of it, as one types it without an input method. The dictionary is
 * loaded when somebody types letters.
 */
async function textTest(q: string): Promise<Test> {
  const contains: Test = (service) => textOf(service).includes(q);
  if (!/^[a-z ]{2,}$/.test(q)) return contains;
  const { match } = await import('pinyin-pro');
  return (service) =>
    contains(service) || match(service.displayName.zh ?? service.name, q, { continuous: true }) !== null;
}

const textOf = ({ name, slug, displayName, description, category, tags }: ServiceDefinition): string =>
  [name, slug, displayName.zh, displayName.en, description.zh, description.en, category, ...tags]
    .join('\n')
    .toLowerCase();
