import type { ReviewedWord } from './reviewed-words.js';

export const SUSPICION_KINDS = ['order', 'other-tool', 'markup', 'padding'] as const;
export type SuspicionKind = (typeof SUSPICION_KINDS)[number];

/** A part of a text that does not describe a tool, but wants something of whoever reads it. */
export interface Suspicion {
  readonly kind: SuspicionKind;
  readonly path: string;
  /** In UTF-16 units of the text; the end is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Longest text that anybody reads to its end, UTF-16 units; as much as is kept of a description. */
const LONGEST = 8 * 1024;
/** Of one tool; more say nothing new. */
const MOST = 50;

/**
 * What sentences look like that give orders to a model. They are a net and not a wall: whoever words it otherwise passes, and
 * is bound by grants, approvals and limits like everybody. The distances are short so that a long text costs little.
 */
const PATTERNS: readonly (readonly [SuspicionKind, RegExp])[] = [
  [
    'order',
    /\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:instructions?|rules?|prompts?|messages?|guidelines?|polic(?:y|ies)|restrictions?)\b/gi,
  ],
  [
    'order',
    /\b(?:do not|don['’]t|never|without)\s+(?:tell|telling|mention|mentioning|inform|informing|notify|notifying|ask|asking|reveal|revealing)\b[^.\n]{0,30}\b(?:user|human|person|people|anyone|anybody|them)\b/gi,
  ],
  [
    'order',
    /\b(?:also|secretly|silently|quietly)\s+(?:call|invoke|execute|run|send|forward|upload|post|attach|include)\b/gi,
  ],
  [
    'order',
    /\b(?:send|forward|upload|post|transmit|leak|exfiltrate)\b[^.\n]{0,60}(?:\b(?:passwords?|credentials?|api[ _-]?keys?|access tokens?|secrets?|private keys?|ssh keys?|chat history|conversation history|all (?:of )?(?:the |your )?files)\b|\.env\b|\bid_rsa\b)/gi,
  ],
  ['order', /\byou are now\b|\bnew (?:system )?instructions?\s*:/gi],
  ['order', /(?:忽略|无视|忘记|不要理会)[^。\n]{0,16}(?:指令|指示|规则|提示|要求|说明)/g],
  ['order', /(?:不要|别|切勿|禁止)(?:告诉|告知|提示|提醒|通知|询问)[^。\n]{0,6}(?:用户|使用者|人类|任何人|对方)/g],
  ['order', /(?:悄悄|秘密|偷偷|暗中)地?(?:调用|执行|发送|上传|转发|读取)/g],
  ['order', /(?:还|也|同时|另外)(?:要|必须|请|需)(?:调用|执行|发送|上传|转发)/g],
  ['order', /(?:发送|上传|转发|泄露)[^。\n]{0,20}(?:密码|口令|凭据|密钥|令牌|私钥|聊天记录|对话记录|所有文件)/g],
  ['markup', /<!--|<\|[a-z_]{1,40}\|>|\[\/?(?:INST|SYSTEM)\]/gi],
  ['markup', /<\/?\s*(?:important|system|instructions?|secret|hidden|critical|assistant|admin)\b[^>\n]{0,80}>/gi],
  ['padding', /\s{100,}/g],
  ['padding', /(\S)\1{199,}/g],
];

/**
 * What may be the name of a tool: several words put together, or one that is called, or is called a tool. No part of a pattern
 * may match what the part beside it does: a text could be made to take for ever.
 */
const NAMES: readonly RegExp[] = [
  /\b(?:[A-Za-z][A-Za-z0-9]*(?:[_.-]+[A-Za-z0-9]+)+|[a-z]+[A-Z][A-Za-z0-9]*)/g,
  /\b(?:call|invoke|execute)\s+(?:the\s+)?[`'"]?([A-Za-z][A-Za-z0-9]{1,127})\b/gi,
  /\b([A-Za-z][A-Za-z0-9]{1,127})[`'"]?\s+(?:tool|function)\b/gi,
];

/** Nobody reads a picture as words, and it may well be long and repeat itself. */
const isPicture = (path: string, text: string): boolean =>
  /^icons\.\d+\.src$/.test(path) && text.startsWith('data:image/');

/**
 * What in the texts of a tool somebody should look at before any model reads it. Pure.
 *
 * @param isOfOthers whether a name is that of a tool which another service offers and this one does not
 */
export function suspicionsOf(words: readonly ReviewedWord[], isOfOthers: (name: string) => boolean): Suspicion[] {
  return words.flatMap((word) => [...inOne(word, isOfOthers)]).slice(0, MOST);
}

function* inOne({ path, text }: ReviewedWord, isOfOthers: (name: string) => boolean): Generator<Suspicion> {
  if (isPicture(path, text)) return;
  if (text.length > LONGEST) yield { kind: 'padding', path, start: LONGEST, end: text.length };
  for (const [kind, pattern] of PATTERNS) {
    for (const { 0: found, index } of text.matchAll(pattern)) {
      yield { kind, path, start: index, end: index + found.length };
    }
  }
  const named = NAMES.flatMap((pattern) => [...text.matchAll(pattern)]);
  for (const { 0: found, 1: name = found, index } of named) {
    if (isOfOthers(name)) yield { kind: 'other-tool', path, start: index, end: index + found.length };
  }
}
