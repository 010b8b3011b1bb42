import { Injectable } from '@nestjs/common';
import { ApiKeyBook } from '../../auth/index.js';
import { People, ServiceDirectory } from '../../services/index.js';
import type { LimitSubject } from './rule.js';

/** What people call those that rules are about. */
@Injectable()
export class SubjectNames {
  constructor(
    private readonly people: People,
    private readonly services: ServiceDirectory,
    private readonly keys: ApiKeyBook,
  ) {}

  /** Empty for everyone; undefined for what does not exist. */
  async of(subject: LimitSubject): Promise<string | undefined> {
    return (await this.ofAll([subject]))[0];
  }

  /** The same for many, in their order, with one query for all keys. */
  async ofAll(subjects: readonly LimitSubject[]): Promise<(string | undefined)[]> {
    const keys = await this.keys.find(subjects.flatMap((subject) => (subject.kind === 'key' ? [subject.id] : [])));
    return subjects.map((subject) => {
      switch (subject.kind) {
        case 'everyone':
          return '';
        case 'group':
          return this.people.groupName(subject.id);
        case 'user':
          return this.people.person(subject.id)?.email;
        case 'key': {
          const key = keys.get(subject.id);
          return key && `${key.name} (${this.people.emailOf(key.userId) ?? ''})`;
        }
        case 'service':
          return this.serviceName(subject.id);
        case 'tool': {
          const service = this.serviceName(subject.id);
          return service === undefined ? undefined : `${service} · ${subject.tool}`;
        }
      }
    });
  }

  private serviceName(id: string): string | undefined {
    const service = this.services.find(id);
    // Rules are kept under the id; a slug may go over to another service.
    return service?.id === id ? service.name : undefined;
  }
}
