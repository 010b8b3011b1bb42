import type { Language } from '@gatehouse/contracts';
import type { Grant } from '../../auth/index.js';
import type { Approval } from '../definition.js';
import type { Explanation } from './explanation.dto.js';

/**
 * The sentences of an explanation in one language. Names come from people and services: they are put in as they are.
 */
export interface ExplainWords {
  readonly object: (service: string, tool: string | null) => string;
  readonly profile: (name: string) => string;
  /** The object, and the profile that leads to it. */
  readonly through: (object: string, profile: string) => string;
  readonly outcome: Record<Explanation['code'], (who: string, object: string) => string>;
  readonly subject: (kind: Grant['subject']['kind'], name: string) => string;
  readonly grant: Record<Grant['effect'], (subject: string, object: string) => string>;
  readonly gone: string;
  readonly hasRole: string;
  readonly lacksRole: string;
  readonly switchedOff: (service: string) => string;
  /** @param address the one that was asked about */
  readonly callers: (service: string, address: string | undefined, mayCall: boolean) => string;
  readonly approval: Record<Approval, string>;
}

const en: ExplainWords = {
  object: (service, tool) => (tool === null ? `the service ${service}` : `the tool ${tool} of ${service}`),
  profile: (name) => `the profile ${name}`,
  through: (object, profile) => `${object} through the profile ${profile}`,
  outcome: {
    granted: (who, object) => `${who} may use ${object}.`,
    'has-permission': (who, object) => `${who} may use ${object}.`,
    'denied-by-grant': (who, object) =>
      `${who} may not use ${object}: a rule denies it, and a denial beats every grant.`,
    'no-grant': (who, object) => `${who} may not use ${object}: no grant allows it.`,
    'not-in-key': (who, object) =>
      `${who} may not use ${object} with this credential: it is limited to other services.`,
    'permission-missing': (who, object) =>
      `${who} may not use ${object}: no role of theirs contains the permission tools:use.`,
    'passage-closed': (who, object) =>
      `${who} may not use ${object}: the profile does not contain it, or is switched off.`,
    'denied-by-passage': (who, object) =>
      `${who} may not use ${object}: a rule denies them the profile, and a denial beats every grant.`,
    'service-disabled': (who, object) => `${who} has access to ${object}, but the service is switched off.`,
    'address-refused': (who, object) =>
      `${who} has access to ${object}, but not from this address: the service takes calls only from certain ones.`,
    'user-disabled': (who, object) => `${who} may not use ${object}: the account is disabled.`,
  },
  subject: (kind, name) => ({ everyone: 'everyone', group: `the group ${name}`, user: `the user ${name}` })[kind],
  grant: {
    allow: (subject, object) => `A grant lets ${subject} use ${object}.`,
    deny: (subject, object) => `A grant forbids ${subject} to use ${object}.`,
  },
  gone: '(deleted)',
  hasRole: 'A role contains the permission tools:use.',
  lacksRole: 'No role contains the permission tools:use.',
  switchedOff: (service) => `The service ${service} is switched off.`,
  callers: (service, address, mayCall) =>
    address === undefined
      ? `The service ${service} takes calls only from certain addresses.`
      : `The service ${service} takes ${mayCall ? 'calls' : 'no calls'} from ${address}.`,
  approval: {
    never: 'Calls need no approval.',
    user: 'The person may be asked to confirm a call.',
    always: 'Every call from a conversation or an MCP client needs a person’s approval.',
    'four-eyes': 'Every call needs the approval of a second person.',
  },
};

const zh: ExplainWords = {
  object: (service, tool) => (tool === null ? `服务“${service}”` : `服务“${service}”的工具 ${tool}`),
  profile: (name) => `工具集“${name}”`,
  through: (object, profile) => `工具集“${profile}”中的${object}`,
  outcome: {
    granted: (who, object) => `${who} 可以使用${object}。`,
    'has-permission': (who, object) => `${who} 可以使用${object}。`,
    'denied-by-grant': (who, object) => `${who} 不能使用${object}：有规则明确拒绝，且拒绝优先于任何授权。`,
    'no-grant': (who, object) => `${who} 不能使用${object}：没有任何授权允许。`,
    'not-in-key': (who, object) => `${who} 无法凭当前凭据使用${object}：该凭据仅限于其他服务。`,
    'permission-missing': (who, object) => `${who} 不能使用${object}：其所有角色均不包含权限 tools:use。`,
    'passage-closed': (who, object) => `${who} 不能使用${object}：工具集不包含它，或工具集已停用。`,
    'denied-by-passage': (who, object) => `${who} 不能使用${object}：有规则拒绝其使用该工具集，且拒绝优先于任何授权。`,
    'service-disabled': (who, object) => `${who} 有权使用${object}，但该服务已停用。`,
    'address-refused': (who, object) => `${who} 有权使用${object}，但不能从该地址调用：该服务仅接受特定地址的调用。`,
    'user-disabled': (who, object) => `${who} 不能使用${object}：该账号已停用。`,
  },
  subject: (kind, name) => ({ everyone: '所有人', group: `用户组“${name}”`, user: `用户 ${name} ` })[kind],
  grant: {
    allow: (subject, object) => `有授权允许${subject}使用${object}。`,
    deny: (subject, object) => `有规则禁止${subject}使用${object}。`,
  },
  gone: '（已删除）',
  hasRole: '某个角色包含权限 tools:use。',
  lacksRole: '没有角色包含权限 tools:use。',
  switchedOff: (service) => `服务“${service}”已停用。`,
  callers: (service, address, mayCall) =>
    address === undefined
      ? `服务“${service}”仅接受来自特定地址的调用。`
      : `服务“${service}”${mayCall ? '接受' : '不接受'}来自 ${address} 的调用。`,
  approval: {
    never: '调用无需审批。',
    user: '调用时可能需要本人确认。',
    always: '来自会话或 MCP 客户端的每次调用都需要人工批准。',
    'four-eyes': '每次调用都需要第二人批准。',
  },
};

export const EXPLAIN_WORDS: Record<Language, ExplainWords> = { en, zh };
