import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import en from './en';
import zh from './zh';

/** Words that are the same in both languages on purpose. */
const SAME = [
  /^transport\.(http|streamable-http|websocket)$/,
  /^type\.(http|websocket)$/,
  /^add\.(at|sample\.(json|url))$/,
  /^form\.url$/,
  /^(call|content)\.json$/,
  /^result\.curl$/,
  /^timing\.own$/,
];

const flat = (texts: object, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : flat(value as object, `${path}${key}.`),
  );
const english = new Map(flat(en));
const chinese = new Map(flat(zh));

describe('the texts of the services pages', () => {
  it('have the same keys in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('are translated', () => {
    const same = [...english].filter(([key, text]) => chinese.get(key) === text && !SAME.some((one) => one.test(key)));
    expect(same).toEqual([]);
  });

  it('fill in the same values', () => {
    const holes = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    for (const [key, text] of english) expect([key, holes(chinese.get(key))]).toEqual([key, holes(text)]);
  });

  it('exist for every key that the pages name in full', () => {
    const named = sources().flatMap((source) =>
      [...source.matchAll(/['`]services\.([\w.-]*\w)['`]/g)].map(([, key = '']) => key),
    );
    expect([...new Set(named)].filter((key) => !english.has(key))).toEqual([]);
  });
});

function sources(): string[] {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /(?<!\.spec)\.(ts|html)$/.test(name))
    .map((name) => readFileSync(join(root, name), 'utf8'));
}
