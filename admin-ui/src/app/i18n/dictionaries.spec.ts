import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dictionary } from './scope';

const APP = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = readdirSync(APP, { recursive: true, encoding: 'utf8' });
const FOLDERS = SOURCES.filter((path) => /(^|\/)i18n\/en\.ts$/.test(path)).map((path) => dirname(path));

/** What is the same in both languages: names of products and protocols, and texts without a letter. */
const NAMES =
  /^(REST|MCP|HTTP|Streamable HTTP|SSE|WebSocket|stdio|Anthropic|Gatehouse|URL|JSON|mcpServers JSON|curl)?[^\p{L}]*$/u;
const isName = (text: string) => NAMES.test(text.replaceAll(/\{\{\w+\}\}/g, ''));

interface Text {
  key: string;
  text: string;
}

function flatten(dictionary: Dictionary, prefix = ''): Text[] {
  return Object.entries(dictionary).flatMap(([name, value]) =>
    typeof value === 'string' ? [{ key: prefix + name, text: value }] : flatten(value, `${prefix}${name}.`),
  );
}

/** The frame's texts stand bare; a module's behind its name. */
const scopeOf = (folder: string) => (folder === 'i18n' ? '' : `${dirname(folder)}.`);

async function load(folder: string, language: 'en' | 'zh'): Promise<Text[]> {
  const file = (await import(join(APP, folder, `${language}.ts`))) as { default: Dictionary };
  return flatten(file.default, scopeOf(folder));
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).sort();

describe.each(FOLDERS)('the texts of %s', (folder) => {
  it('have the same keys and placeholders in both languages, none empty', async () => {
    const [en, zh] = [await load(folder, 'en'), await load(folder, 'zh')];
    expect(zh.map((each) => each.key)).toEqual(en.map((each) => each.key));
    expect(zh.map((each) => placeholders(each.text))).toEqual(en.map((each) => placeholders(each.text)));
    expect([...en, ...zh].filter((each) => !each.text.trim())).toEqual([]);
  });

  it('are translated', async () => {
    const en = new Map((await load(folder, 'en')).map(({ key, text }) => [key, text]));
    const same = (await load(folder, 'zh')).filter(({ key, text }) => en.get(key) === text && !isName(text));
    expect(same).toEqual([]);
  });
});

it('every key that a source names exists', async () => {
  const known = new Set(
    (await Promise.all(FOLDERS.map((folder) => load(folder, 'en')))).flat().map((each) => each.key),
  );
  const missing = SOURCES.filter((path) => /\.(ts|html)$/.test(path) && !/\.spec\.ts$|i18n\//.test(path)).flatMap(
    (path) =>
      namedKeys(readFileSync(join(APP, path), 'utf8'))
        .filter((key) => !known.has(key))
        .map((key) => `${path}: ${key}`),
  );
  expect(missing).toEqual([]);
});

/** Keys written out whole in calls of `t`, `translate` and `success`; those put together at run time are not seen. */
function namedKeys(source: string): string[] {
  const calls = [...source.matchAll(/(?:\bt|translate|success)\(\s*((?:[^()'`]|'[^']*')*)/g)].map(
    ([, args = '']) => args,
  );
  return calls.flatMap((args) => {
    const [first = ''] = args.split(',');
    return [...first.matchAll(/'([\w-]+(?:\.[\w-]+)*)'(?!\s*\+)/g)]
      .filter(({ index }) => !/(===|!==|\+)\s*$/.test(first.slice(0, index)))
      .map(([, key = '']) => key);
  });
}
