import type { Decision, Grant } from '../../auth/index.js';
import type { ToolPolicy } from '../definition.js';
import type { ExplainWords } from './explain.words.js';
import type { Explanation, ExplanationLink } from './explanation.dto.js';

/** A decision, and the names to say it by. */
export interface Case {
  readonly person: string;
  readonly service: { readonly id: string; readonly name: string; readonly enabled: boolean };
  /** Null for the service as a whole. */
  readonly tool: string | null;
  /** Undefined for somebody whose account is disabled. */
  readonly decision: Decision | undefined;
  /** Undefined for the service as a whole. */
  readonly policy: ToolPolicy | undefined;
  readonly nameOf: (subject: Grant['subject']) => string | undefined;
}

/** Says a decision in words: what came out, and every grant, role and switch that had a part in it. Pure. */
export function explain(subject: Case, words: ExplainWords): Explanation {
  const code = codeOf(subject);
  return {
    allowed: code === 'granted' || code === 'has-permission',
    code,
    sentence: words.outcome[code](subject.person, words.object(subject.service.name, subject.tool)),
    chain: [
      ...(code === 'service-disabled' ? [switchedOff(subject, words)] : []),
      ...(subject.decision?.grants ?? []).map((grant) => grantLink(grant, subject, words)),
      ...(subject.decision ? [roleLink(subject.decision, words)] : []),
      ...(subject.policy ? [policyLink(subject.policy, words)] : []),
    ],
  };
}

function codeOf({ decision, service }: Case): Explanation['code'] {
  if (!decision) return 'user-disabled';
  return decision.allowed && !service.enabled ? 'service-disabled' : decision.reason;
}

const switchedOff = ({ service }: Case, words: ExplainWords): ExplanationLink => ({
  kind: 'service',
  id: service.id,
  effect: 'deny',
  text: words.switchedOff(service.name),
});

function grantLink(grant: Grant, { service, nameOf }: Case, words: ExplainWords): ExplanationLink {
  const subject = words.subject(grant.subject.kind, nameOf(grant.subject) ?? words.gone);
  const text = words.grant[grant.effect](subject, words.object(service.name, grant.tool));
  return { kind: 'grant', id: grant.id, effect: grant.effect, text };
}

const roleLink = (decision: Decision, words: ExplainWords): ExplanationLink =>
  decision.reason === 'permission-missing'
    ? { kind: 'role', effect: 'deny', text: words.lacksRole }
    : { kind: 'role', effect: 'allow', text: words.hasRole };

const policyLink = ({ approval }: ToolPolicy, words: ExplainWords): ExplanationLink => ({
  kind: 'policy',
  effect: approval === 'four-eyes' ? 'deny' : 'allow',
  text: words.approval[approval],
});
