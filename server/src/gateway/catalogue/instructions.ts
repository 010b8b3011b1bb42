import type { Language } from '@gatehouse/contracts';
import type { Principal } from '../../auth/index.js';

const MOST_NAMES = 20;
/** What one service, and all of them together, may say to a model before anything was asked, characters. */
const LONGEST_OF_ONE = 2_000;
const LONGEST_OF_ALL = 12_000;

const TEXTS = {
  en: {
    empty: (who: string) =>
      `No tool is available to ${who} yet. This is no fault of the connection: an administrator of this Gatehouse has to grant a service or a tool first, under Services → Access. New grants appear here at once.`,
    emptyService: (who: string, slug: string) =>
      `No service "${slug}" is available to ${who}. This is no fault of the connection: check the name in the address, or ask an administrator of this Gatehouse to grant the service, under Services → Access. A new grant appears here at once.`,
    emptyProfile: (who: string, slug: string) =>
      `No profile "${slug}" is available to ${who}. This is no fault of the connection: check the name in the address, or ask an administrator of this Gatehouse to grant the profile, under Profiles. A new grant appears here at once.`,
    profile: (name: string) => `Tools of the profile ${name}.`,
    search:
      'The tools are not listed one by one. Find them with search_tools, read the parameters of one with describe_tool, and use it with call_tool.',
    noPermission: (who: string) =>
      `The credential of ${who} does not include the use of tools. Create an API key with the scope tools:use, or ask an administrator for a role that contains it.`,
    services: (names: string) => `Tools of several services, each named <service>__<tool>. Services: ${names}.`,
    says: (slug: string) => `The service ${slug} says of itself:`,
  },
  zh: {
    empty: (who: string) =>
      `${who} 目前没有可用的工具。连接本身正常：需要管理员先在“服务 → 访问权限”中授权某个服务或工具，授权后会立即出现在这里。`,
    emptyService: (who: string, slug: string) =>
      `${who} 目前没有名为“${slug}”的可用服务。连接本身正常：请检查地址中的名称，或请管理员在“服务 → 访问权限”中授权该服务，授权后会立即出现在这里。`,
    emptyProfile: (who: string, slug: string) =>
      `${who} 目前没有名为“${slug}”的可用工具集。连接本身正常：请检查地址中的名称，或请管理员在“工具集”中授权，授权后会立即出现在这里。`,
    profile: (name: string) => `工具集“${name}”中的工具。`,
    search: '工具不会逐一列出：请先用 search_tools 查找，用 describe_tool 查看参数，再用 call_tool 调用。',
    noPermission: (who: string) =>
      `${who} 的凭据不包含使用工具的权限。请创建带有 tools:use 范围的 API 密钥，或向管理员申请包含该权限的角色。`,
    services: (names: string) => `这里汇集了多个服务的工具，名称格式为 <服务>__<工具>。服务：${names}。`,
    says: (slug: string) => `服务 ${slug} 的自述：`,
  },
} as const;

/** A service that somebody may use, and what it says of itself. */
export interface Introduced {
  readonly slug: string;
  readonly name: string;
  readonly instructions: string | null;
}

/** For an endpoint with many services: their names, then what each says of itself, marked as its words. Pure. */
export function instructionsForMany(principal: Principal, services: readonly Introduced[], language: Language): string {
  const texts = TEXTS[language];
  if (!principal.permissions.has('tools:use')) return texts.noPermission(principal.email);
  if (services.length === 0) return texts.empty(principal.email);
  const names = services.map(({ slug, name }) => `${slug} (${name})`);
  const shown = [...names.slice(0, MOST_NAMES), ...(names.length > MOST_NAMES ? ['…'] : [])].join(', ');
  const said = services.flatMap(({ slug, instructions }) =>
    instructions ? [`${texts.says(slug)}\n${cut(instructions, LONGEST_OF_ONE)}`] : [],
  );
  return cut([texts.services(shown), ...said].join('\n\n'), LONGEST_OF_ALL);
}

/** For an endpoint with one service: its own words. @param own undefined: the caller sees nothing of such a service. Pure. */
export function instructionsForOne(
  principal: Principal,
  slug: string,
  own: string | undefined,
  language: Language,
): string {
  const texts = TEXTS[language];
  if (!principal.permissions.has('tools:use')) return texts.noPermission(principal.email);
  return own === undefined ? texts.emptyService(principal.email, slug) : cut(own, LONGEST_OF_ALL);
}

/** A profile, as far as its introduction goes. */
export interface IntroducedProfile {
  readonly displayName: { readonly zh?: string; readonly en?: string };
  readonly instructions: string;
  readonly mode: 'list' | 'search';
}

/** For the endpoint of a profile. @param profile undefined: the caller sees nothing of such a profile. Pure. */
export function instructionsForProfile(
  principal: Principal,
  slug: string,
  profile: IntroducedProfile | undefined,
  language: Language,
): string {
  const texts = TEXTS[language];
  if (!principal.permissions.has('tools:use')) return texts.noPermission(principal.email);
  if (!profile) return texts.emptyProfile(principal.email, slug);
  const { displayName, instructions, mode } = profile;
  const name = (language === 'zh' ? (displayName.zh ?? displayName.en) : (displayName.en ?? displayName.zh)) ?? slug;
  const own = instructions === '' ? texts.profile(name) : instructions;
  return cut(mode === 'search' ? `${own}\n\n${texts.search}` : own, LONGEST_OF_ALL);
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
