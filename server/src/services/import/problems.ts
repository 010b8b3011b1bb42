import type { Language } from '@gatehouse/contracts';

/** Something wrong, or worth knowing, at one place of the text. */
export interface Problem {
  readonly code: ProblemCode;
  /** UTF-16 units from the beginning of the text. */
  readonly offset: number;
  readonly details: Readonly<Record<string, string>>;
}

interface ProblemText {
  /** An entry with an error cannot be imported. */
  readonly severity: 'error' | 'warning';
  readonly en: string;
  readonly zh: string;
}

const error = (en: string, zh: string): ProblemText => ({ severity: 'error', en, zh });
const warning = (en: string, zh: string): ProblemText => ({ severity: 'warning', en, zh });

/** Every problem that the importer finds, with its sentence in both languages. */
export const PROBLEMS = {
  nothing_found: error(
    'Nothing here looks like an MCP service. Paste mcpServers JSON, a URL, or a command such as npx.',
    '没有可识别的 MCP 服务。请粘贴 mcpServers JSON、URL 或 npx 等命令。',
  ),
  not_recognised: error(
    '“{word}” is neither a URL nor a command that starts MCP services.',
    '“{word}”既不是 URL，也不是启动 MCP 服务的命令。',
  ),
  too_deep: error('The JSON is nested too deeply.', 'JSON 嵌套层级过深。'),
  too_many_keys: error('The JSON has too many keys.', 'JSON 的键过多。'),
  too_many: error('Only the first {limit} services are read.', '只读取前 {limit} 个服务。'),

  // Syntax of JSON
  unexpected_text: error('This does not belong here.', '此处内容不符合 JSON 语法。'),
  curly_quote: error('Use straight quotes (") here.', '请使用英文直引号（"）。'),
  full_width_sign: error('Use the half-width sign {sign} here.', '请使用半角符号 {sign}。'),
  name_expected: error('A name in quotes is missing here.', '此处缺少带引号的名称。'),
  value_expected: error('A value is missing here.', '此处缺少值。'),
  colon_expected: error('A colon is missing here.', '此处缺少冒号。'),
  comma_expected: error('A comma is missing here.', '此处缺少逗号。'),
  brace_expected: error('A closing } is missing here.', '此处缺少右花括号 }。'),
  bracket_expected: error('A closing ] is missing here.', '此处缺少右方括号 ]。'),
  string_unfinished: error('This text has no closing quote.', '此字符串缺少结束引号。'),
  comment_unfinished: error('This comment has no end.', '此注释没有结束。'),
  bad_escape: error(
    'This escape is not known in JSON; write \\\\ for a backslash.',
    'JSON 不支持此转义；反斜杠请写作 \\\\。',
  ),

  // Syntax of commands
  quote_unfinished: error('This quote is never closed.', '此引号没有闭合。'),
  shell_syntax: error(
    'No shell is involved, so {sign} does nothing here. Leave only the command itself.',
    '命令不经过 shell 执行，{sign} 在此无效。请只保留命令本身。',
  ),
  command_missing: error('No command follows.', '后面没有命令。'),
  name_missing: error('A name for the service is missing.', '缺少服务名称。'),

  // Entries
  not_an_object: error(
    'A service must be an object with a command or a URL.',
    '服务必须是包含 command 或 url 的对象。',
  ),
  no_target: error('Neither a command nor a URL is given.', '既没有 command，也没有 url。'),
  two_targets: error('Both a command and a URL are given; keep one.', '同时给出了 command 和 url，请只保留一个。'),
  type_unknown: error('“{value}” is no transport that Gatehouse knows.', '不支持传输类型“{value}”。'),
  type_mismatch: error('Type {type} does not fit what is given.', '类型 {type} 与所给内容不符。'),
  text_expected: error('{field} must be text.', '{field} 必须是字符串。'),
  list_expected: error('{field} must be a list of texts.', '{field} 必须是字符串列表。'),
  object_expected: error('{field} must be an object of texts.', '{field} 必须是由字符串组成的对象。'),
  url_invalid: error('This is not a URL.', '这不是有效的 URL。'),
  url_scheme: error('The URL must start with http, https, ws or wss.', 'URL 必须以 http、https、ws 或 wss 开头。'),
  url_credentials: error(
    'The URL contains a user name or password; use a header instead.',
    'URL 中包含用户名或密码，请改用请求头。',
  ),
  duplicate_name: warning(
    'The name {name} comes twice; this service is called {renamed}.',
    '名称 {name} 重复出现；此服务命名为 {renamed}。',
  ),
  made_text: warning('{field} is read as text.', '{field} 已按字符串读取。'),
  command_split: warning('The command holds its arguments; they were taken apart.', '命令中包含参数，已自动拆分。'),
  wrapper_removed: warning('cmd /c is not needed and was left out.', '不需要 cmd /c，已去除。'),
  setting_refused: warning('{name} may not be set for a service and was left out.', '服务不允许设置 {name}，已忽略。'),
  field_ignored: warning('{field} means nothing here and was left out.', '{field} 在此无意义，已忽略。'),
  placeholder: warning(
    '{placeholder} stands for a value. Put it in here, or after importing: until then the service is switched off.',
    '{placeholder} 是占位符。请在此填写实际值，或在导入后填写；在此之前服务保持停用。',
  ),
  secret_in_argument: warning(
    'This looks like a secret. Arguments are visible to everybody who may see the settings; use an environment variable.',
    '这看起来像密钥。能查看设置的人都能看到命令参数，请改用环境变量。',
  ),
  secret_in_url: warning(
    'The URL seems to contain a secret. It is visible to everybody who may see the settings; use a header.',
    'URL 似乎包含密钥。能查看设置的人都能看到 URL，请改用请求头。',
  ),
} as const satisfies Record<string, ProblemText>;

export type ProblemCode = keyof typeof PROBLEMS;

export const problem = (code: ProblemCode, offset: number, details: Record<string, string> = {}): Problem => ({
  code,
  offset,
  details,
});

export const isError = ({ code }: Problem): boolean => PROBLEMS[code].severity === 'error';

/** The sentence of a problem. Details are foreign text, put in as it is. */
export const problemText = ({ code, details }: Problem, language: Language): string =>
  PROBLEMS[code][language].replace(/\{(\w+)\}/g, (_, name: string) => details[name] ?? '?');
