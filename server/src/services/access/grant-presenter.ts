import { Injectable } from '@nestjs/common';
import type { Grant } from './grant.dto.js';
import type { StoredGrant } from './grant-rows.js';
import { People } from './people.js';

/** Shows grants with the names of those they are for. */
@Injectable()
export class GrantPresenter {
  constructor(private readonly people: People) {}

  present = (grant: StoredGrant): Grant => {
    const { subject } = grant;
    return {
      id: grant.id,
      subject: {
        kind: subject.kind,
        id: subject.kind === 'everyone' ? null : subject.id,
        name: this.people.nameOf(subject) ?? '',
      },
      serviceId: grant.serviceId,
      tool: grant.tool,
      effect: grant.effect,
      createdBy: this.people.emailOf(grant.createdBy),
      createdAt: grant.createdAt,
    };
  };
}
