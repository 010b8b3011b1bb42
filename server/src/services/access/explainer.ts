import { Injectable } from '@nestjs/common';
import { holds, type Passage, type Principal } from '../../auth/index.js';
import { AppError, RequestContext } from '../../platform/index.js';
import { ServiceDirectory } from '../registry/service-directory.js';
import { ServiceVisibility } from '../registry/service-visibility.js';
import type { ServiceDefinition } from '../definition.js';
import { AccessPolicy } from './access-policy.js';
import { mayCallFrom } from './caller-gate.js';
import { explain } from './explain.js';
import { EXPLAIN_WORDS } from './explain.words.js';
import type { ExplainQuery, Explanation } from './explanation.dto.js';
import { People } from './people.js';
import { ToolPolicies } from './tool-policies.js';

/** Answers "why may she, why may I not" with the same decision that calls are checked by. */
@Injectable()
export class Explainer {
  constructor(
    private readonly services: ServiceDirectory,
    private readonly visibility: ServiceVisibility,
    private readonly policy: AccessPolicy,
    private readonly policies: ToolPolicies,
    private readonly people: People,
  ) {}

  /**
   * About others only for those with `grants:read`; everybody else may ask about themselves, and about services that
   * they are forbidden by name as well as those that they may use, because the refusal told them so already.
   *
   * @param via the endpoint of a profile that the person would come through
   * @throws {AppError} `permission_missing`; `not_found` for the person or the service
   */
  explain(caller: Principal, query: ExplainQuery, via?: Passage): Explanation {
    const person = this.people.person(query.user);
    const isSelf = person?.id === caller.userId;
    if (!isSelf && !holds(caller, 'grants:read')) {
      throw new AppError('permission_missing', { details: { permission: 'grants:read' } });
    }
    const service = this.services.find(query.service);
    const isInKey = service && (caller.serviceIds?.has(service.id) ?? true);
    if (!person || !service || !isInKey) throw new AppError('not_found');
    const principal = isSelf ? caller : this.people.principalOf(person.id);
    const tool = query.tool ?? null;
    const want = tool === null ? 'presence' : { tool };
    const decision = principal && this.policy.decide(principal, 'use', { serviceId: service.id, want, via });
    const mayKnow =
      this.visibility.isVisible(caller, service) || decision?.reason === 'denied-by-grant' || decision?.allowed;
    if (!mayKnow && !holds(caller, 'grants:read')) throw new AppError('not_found');
    return explain(
      {
        person: person.email,
        service,
        tool,
        decision,
        passage: via?.name,
        policy: tool === null ? undefined : this.policies.of(service.id, tool),
        callers: callersOf(service, query.address),
        nameOf: (subject) => this.people.nameOf(subject),
      },
      EXPLAIN_WORDS[RequestContext.current().language],
    );
  }
}

const callersOf = (service: ServiceDefinition, address: string | undefined) =>
  service.config.allowedCallers && { address, mayCall: address === undefined || mayCallFrom(service, address) };
