import type { Decision, Grant, PassageGrant } from '../../auth/index.js';
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
  /** Name of the profile they came through; undefined for straight to the service. */
  readonly passage: string | undefined;
  /** Which addresses calls may come from, and whether the one in question is among them; undefined: from everywhere. */
  readonly callers: { readonly address: string | undefined; readonly mayCall: boolean } | undefined;
  readonly nameOf: (subject: Grant['subject']) => string | undefined;
}

/** Says a decision in words: what came out, and every grant, role and switch that had a part in it. Pure. */
export function explain(subject: Case, words: ExplainWords): Explanation {
  const code = codeOf(subject);
  return {
    allowed: code === 'granted' || code === 'has-permission',
    code,
    sentence: words.outcome[code](subject.person, objectOf(subject, words)),
    chain: [
      ...(code === 'service-disabled' ? [switchedOff(subject, words)] : []),
      ...(subject.callers ? [addressLink(subject.callers, subject, words)] : []),
      ...(subject.decision?.passageGrants ?? []).map((grant) => passageLink(grant, subject, words)),
      ...(subject.decision?.grants ?? []).map((grant) => grantLink(grant, subject, words)),
      ...(subject.decision ? [roleLink(subject.decision, words)] : []),
      ...(subject.policy ? [policyLink(subject.policy, words)] : []),
    ],
  };
}

function codeOf({ decision, service, callers }: Case): Explanation['code'] {
  if (!decision) return 'user-disabled';
  if (!decision.allowed) return decision.reason;
  // As a call is checked.
  if (callers?.mayCall === false) return 'address-refused';
  return service.enabled ? decision.reason : 'service-disabled';
}

function objectOf({ service, tool, passage }: Case, words: ExplainWords): string {
  const object = words.object(service.name, tool);
  return passage === undefined ? object : words.through(object, passage);
}

const switchedOff = ({ service }: Case, words: ExplainWords): ExplanationLink => ({
  kind: 'service',
  id: service.id,
  effect: 'deny',
  text: words.switchedOff(service.name),
});

const addressLink = (
  { address, mayCall }: NonNullable<Case['callers']>,
  { service }: Case,
  words: ExplainWords,
): ExplanationLink => ({
  kind: 'address',
  id: service.id,
  effect: mayCall ? 'allow' : 'deny',
  text: words.callers(service.name, address, mayCall),
});

function passageLink(grant: PassageGrant, { passage = '', nameOf }: Case, words: ExplainWords): ExplanationLink {
  const subject = words.subject(grant.subject.kind, nameOf(grant.subject) ?? words.gone);
  const text = words.grant[grant.effect](subject, words.profile(passage));
  return { kind: 'profile', id: grant.id, effect: grant.effect, text };
}

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
