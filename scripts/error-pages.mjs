// Writes docs/errors.md and docs/zh/errors.md from the catalogue in libs/contracts; a test fails when they differ from it.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const TEXTS = {
  en: {
    title: 'Errors',
    intro:
      'Every error of Gatehouse, by its code. REST answers `{"error": {"code", "message", "remedy", "requestId", "fields?"}}` in the language of `Accept-Language`; MCP answers carry the same in `error.data`. A code never changes its meaning.',
    head: '| Code | Status | At fault | What it says | What to do |',
    families: { caller: 'the request', upstream: 'the service behind us', ours: 'Gatehouse' },
  },
  zh: {
    title: '错误代码',
    intro:
      'Gatehouse 的全部错误代码。REST 以 `{"error": {"code", "message", "remedy", "requestId", "fields?"}}` 应答，语言取自 `Accept-Language`；MCP 应答在 `error.data` 中给出相同内容。代码的含义不会改变。',
    head: '| 代码 | 状态 | 原因方 | 提示 | 处理办法 |',
    families: { caller: '请求方', upstream: '后端服务', ours: 'Gatehouse' },
  },
};

/** The page of one language. */
export function errorPage(errors, language) {
  const text = TEXTS[language];
  const rows = Object.entries(errors).map(
    ([code, entry]) =>
      `| <a id="${code}"></a>\`${code}\` | ${entry.status} | ${text.families[entry.family]} | ${cell(entry[language].message)} | ${cell(entry[language].remedy)} |`,
  );
  return `# ${text.title}\n\n${text.intro}\n\n${text.head}\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

const cell = (text) => text.replaceAll('|', '\\|').replace(/\{(\w+)\}/g, '‹$1›');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { ERRORS } = await import('../libs/contracts/src/errors.ts');
  writeFileSync('docs/errors.md', errorPage(ERRORS, 'en'));
  writeFileSync('docs/zh/errors.md', errorPage(ERRORS, 'zh'));
}
