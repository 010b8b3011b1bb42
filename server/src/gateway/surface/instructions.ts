import type { Language } from '@gatehouse/contracts';
import type { Principal } from '../../auth/index.js';
import type { ToolView } from '../../tools/index.js';

const MOST_NAMES = 20;

const TEXTS = {
  en: {
    empty: (who: string) =>
      `No tool is available to ${who} yet. This is no fault of the connection: an administrator of this Gatehouse has to grant a service or a tool first, under Services → Access. New grants appear here at once.`,
    noPermission: (who: string) =>
      `The credential of ${who} does not include the use of tools. Create an API key with the scope tools:use, or ask an administrator for a role that contains it.`,
    services: (names: string) => `Tools of several services, each named <service>__<tool>. Services: ${names}.`,
  },
  zh: {
    empty: (who: string) =>
      `${who} 目前没有可用的工具。连接本身正常：需要管理员先在“服务 → 访问权限”中授权某个服务或工具，授权后会立即出现在这里。`,
    noPermission: (who: string) =>
      `${who} 的凭据不包含使用工具的权限。请创建带有 tools:use 范围的 API 密钥，或向管理员申请包含该权限的角色。`,
    services: (names: string) => `这里汇集了多个服务的工具，名称格式为 <服务>__<工具>。服务：${names}。`,
  },
} as const;

/** What a client, and the model behind it, should know at the start; why the list is empty, if it is. Pure. */
export function instructionsFor(principal: Principal, tools: readonly ToolView[], language: Language): string {
  const texts = TEXTS[language];
  if (!principal.permissions.has('tools:use')) return texts.noPermission(principal.email);
  if (tools.length === 0) return texts.empty(principal.email);
  const names = [
    ...new Set(tools.map(({ serviceSlug, serviceName }) => `${serviceSlug} (${serviceName[language] ?? serviceSlug})`)),
  ];
  return texts.services([...names.slice(0, MOST_NAMES), ...(names.length > MOST_NAMES ? ['…'] : [])].join(', '));
}
