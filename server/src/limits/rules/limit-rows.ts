import type { LimitRuleRow } from './limit-rule.entity.js';
import type { LimitRule, LimitSubject } from './rule.js';

/** A rule as it is stored: with who made it and which version it is. */
export interface StoredRule extends LimitRule {
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export function ruleOf(row: LimitRuleRow): StoredRule {
  const { subjectKind, subjectId, tool, ...rest } = row;
  return { ...rest, subject: subjectOf(subjectKind, subjectId, tool) };
}

function subjectOf(kind: LimitRuleRow['subjectKind'], id: string, tool: string): LimitSubject {
  if (kind === 'everyone') return { kind };
  return kind === 'tool' ? { kind, id, tool } : { kind, id };
}

export const subjectColumns = (subject: LimitSubject): Pick<LimitRuleRow, 'subjectKind' | 'subjectId' | 'tool'> => ({
  subjectKind: subject.kind,
  subjectId: subject.kind === 'everyone' ? '' : subject.id,
  tool: subject.kind === 'tool' ? subject.tool : '',
});

/** The same for two rules exactly when they are about the same. */
export const subjectKey = (subject: LimitSubject): string => {
  const { subjectKind, subjectId, tool } = subjectColumns(subject);
  return `${subjectKind}:${subjectId}:${tool}`;
};
