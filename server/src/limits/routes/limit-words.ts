import type { Language } from '@gatehouse/contracts';
import type { SubjectKind } from '../rules/rule.js';

/** The sentences of an explanation in one language. Names come from people and services: they are put in as they are. */
export interface LimitWords {
  readonly builtIn: string;
  readonly configuration: string;
  readonly rule: (kind: SubjectKind, name: string) => string;
  readonly gone: string;
}

const en: LimitWords = {
  builtIn: 'The default of Gatehouse.',
  configuration: 'The default, as GATEHOUSE_CALLS_PER_MINUTE sets it.',
  rule: (kind, name) =>
    ({
      everyone: 'The rule for everyone.',
      group: `The rule for the group ${name}.`,
      user: `The rule for the user ${name}.`,
      key: `The rule for the API key ${name}.`,
      service: `The rule for the service ${name}.`,
      tool: `The rule for the tool ${name}.`,
    })[kind],
  gone: '(deleted)',
};

const zh: LimitWords = {
  builtIn: 'Gatehouse 的默认值。',
  configuration: '默认值，由 GATEHOUSE_CALLS_PER_MINUTE 设置。',
  rule: (kind, name) =>
    ({
      everyone: '来自“所有人”的规则。',
      group: `来自用户组 ${name} 的规则。`,
      user: `来自用户 ${name} 的规则。`,
      key: `来自 API 密钥 ${name} 的规则。`,
      service: `来自服务 ${name} 的规则。`,
      tool: `来自工具 ${name} 的规则。`,
    })[kind],
  gone: '（已删除）',
};

export const LIMIT_WORDS: Record<Language, LimitWords> = { en, zh };
