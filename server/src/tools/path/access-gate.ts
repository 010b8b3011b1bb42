import { Injectable } from '@nestjs/common';
import type { Decision } from '../../auth/index.js';
import { AppError, RequestContext } from '../../platform/index.js';
import { AccessPolicy, mayCallFrom } from '../../services/index.js';
import type { CallPlan } from './call-plan.js';
import { ruleText } from './rule-text.js';

/** Step 3, decide: the same decision that filtered the list. Not yours = not there, unless a rule forbids it by name. */
@Injectable()
export class AccessGate {
  constructor(private readonly policy: AccessPolicy) {}

  /** @throws {AppError} `access_denied` naming the rule, or the address that calls may not come from · `permission_missing` · what the plan calls hidden · `service_disabled` */
  check(plan: CallPlan<unknown>): void {
    const { origin, service } = plan;
    const decision = this.policy.decide(origin.principal, plan.action, { ...plan.object, via: origin.via });
    if (!decision.allowed) throw refusal(plan, decision);
    // Only now: somebody who is refused must not learn what exists.
    if (!plan.exists) throw plan.hidden();
    if (service.config.allowedCallers) this.checkAddress(plan);
    if (!service.enabled) throw new AppError('service_disabled', { details: { service: service.name } });
  }

  /** A call without an address, such as one that runs after its request has ended, comes from nowhere that is allowed. */
  private checkAddress({ origin, service, label }: CallPlan<unknown>): void {
    const address = origin.address === undefined ? RequestContext.current().ip : origin.address;
    if (mayCallFrom(service, address)) return;
    throw new AppError('access_denied', {
      details: { object: `${service.name} · ${label}`, rule: `allowed callers · ${address ?? 'no address'}` },
    });
  }
}

function refusal(plan: CallPlan<unknown>, decision: Decision): AppError {
  switch (decision.reason) {
    case 'denied-by-grant':
      return new AppError('access_denied', {
        details: { object: `${plan.service.name} · ${plan.label}`, rule: decision.grants.map(ruleText).join('; ') },
      });
    case 'permission-missing':
      return new AppError('permission_missing', {
        details: { permission: plan.action === 'test' ? 'services:test' : 'tools:use' },
      });
    case 'no-grant':
    case 'not-in-key':
    case 'passage-closed':
    case 'denied-by-passage':
      return plan.hidden();
    case 'granted':
    case 'has-permission':
      return new AppError('internal', { cause: `${decision.reason} does not refuse` });
  }
}
