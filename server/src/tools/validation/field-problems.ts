import type { ErrorObject } from 'ajv';
import type { Language } from '@gatehouse/contracts';
import type { FieldProblem } from '../../platform/index.js';

type Params = Readonly<Record<string, unknown>>;
type Sentence = (params: Params) => string;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const TYPES_ZH: Readonly<Record<string, string>> = {
  string: '字符串',
  number: '数字',
  integer: '整数',
  boolean: '布尔值',
  object: '对象',
  array: '数组',
  null: 'null',
};

const typeZh = (type: unknown): string => text(type).replace(/[a-z]+/g, (name) => TYPES_ZH[name] ?? name);

/** What each keyword says, for those that people meet; the others keep the checker's English. */
const SENTENCES: Readonly<Record<string, Readonly<Record<Language, Sentence>>>> = {
  type: { en: ({ type }) => `must be ${text(type)}`, zh: ({ type }) => `类型应为${typeZh(type)}` },
  required: { en: () => 'is required', zh: () => '为必填项' },
  enum: {
    en: ({ allowedValues }) => `must be one of ${text(allowedValues)}`,
    zh: ({ allowedValues }) => `应为以下之一：${text(allowedValues)}`,
  },
  const: {
    en: ({ allowedValue }) => `must be ${text(allowedValue)}`,
    zh: ({ allowedValue }) => `应为 ${text(allowedValue)}`,
  },
  minLength: {
    en: ({ limit }) => `needs at least ${text(limit)} characters`,
    zh: ({ limit }) => `至少 ${text(limit)} 个字符`,
  },
  maxLength: {
    en: ({ limit }) => `takes at most ${text(limit)} characters`,
    zh: ({ limit }) => `最多 ${text(limit)} 个字符`,
  },
  minItems: { en: ({ limit }) => `needs at least ${text(limit)} items`, zh: ({ limit }) => `至少 ${text(limit)} 项` },
  maxItems: { en: ({ limit }) => `takes at most ${text(limit)} items`, zh: ({ limit }) => `最多 ${text(limit)} 项` },
  minimum: { en: ({ limit }) => `must be at least ${text(limit)}`, zh: ({ limit }) => `不得小于 ${text(limit)}` },
  maximum: { en: ({ limit }) => `must be at most ${text(limit)}`, zh: ({ limit }) => `不得大于 ${text(limit)}` },
  pattern: { en: ({ pattern }) => `must match ${text(pattern)}`, zh: ({ pattern }) => `应匹配 ${text(pattern)}` },
  format: { en: ({ format }) => `must be a valid ${text(format)}`, zh: ({ format }) => `格式应为 ${text(format)}` },
};

/** What is checked, by the name that it has in the message, and what a field is there that nobody declared. */
const UNDECLARED = {
  arguments: { en: 'is not a parameter of this tool', zh: '不是该工具的参数' },
  structuredContent: { en: 'is not declared', zh: '未在模式中声明' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

export type Checked = keyof typeof UNDECLARED;

/** Says where a value breaks the schema: the dotted path of each field and what is wrong with it. Pure. */
export const fieldProblems = (checked: Checked, errors: readonly ErrorObject[], language: Language): FieldProblem[] =>
  errors.map((error) => ({ path: pathOf(checked, error), message: messageOf(checked, error, language) }));

function pathOf(checked: Checked, { instancePath, params }: ErrorObject): string {
  const { missingProperty, additionalProperty } = params as Params;
  const last = missingProperty ?? additionalProperty;
  const steps = instancePath.split('/').slice(1).map(unescapePointer);
  return [checked, ...steps, ...(typeof last === 'string' ? [last] : [])].join('.');
}

const unescapePointer = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

function messageOf(checked: Checked, { keyword, params, message }: ErrorObject, language: Language): string {
  if (keyword === 'additionalProperties') return UNDECLARED[checked][language];
  const sentence = SENTENCES[keyword]?.[language];
  return sentence ? sentence(params as Params) : (message ?? keyword);
}
