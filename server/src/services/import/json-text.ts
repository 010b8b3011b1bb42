import { createScanner, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { problem, type Problem, type ProblemCode } from './problems.js';

export interface JsonText {
  /** Undefined when there is nothing to read at all. */
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
}

/** Settings of MCP services are shallow; what is deeper would exhaust the stack of a recursive parser. */
const DEEPEST = 64;
/** More than any list of services has, and few enough for the tree that is made of them. */
const MOST_KEYS = 20_000;
const MOST_PROBLEMS = 20;

/** Reads JSON with comments and trailing commas, as much of it as can be understood. Never throws. */
export function parseJson(text: string): JsonText {
  const beyond = firstBeyond(text);
  if (beyond) return { root: undefined, problems: [beyond] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  return {
    root,
    problems: firstPerLine(text, errors)
      .slice(0, MOST_PROBLEMS)
      .map((each) => problemOf(text, each)),
  };
}

/** What is wrong where the text leaves its bounds, before a tree is made of it. */
function firstBeyond(text: string): Problem | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  let keys = 0;
  // The parser's token kinds are a const enum, which isolated modules cannot read; the text says the same.
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const token = scanner.getTokenLength() === 1 ? text[scanner.getTokenOffset()] : '';
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (token === ':') keys += 1;
    if (depth > DEEPEST) return problem('too_deep', scanner.getTokenOffset());
    if (keys > MOST_KEYS) return problem('too_many_keys', scanner.getTokenOffset());
  }
  return undefined;
}

/** One mistake makes the parser complain about everything behind it; the first complaint of a line is the true one. */
function firstPerLine(text: string, errors: readonly ParseError[]): ParseError[] {
  let lineEnd = -1;
  return errors.filter(({ offset }) => {
    if (offset <= lineEnd) return false;
    const next = text.indexOf('\n', offset);
    lineEnd = next < 0 ? text.length : next;
    return true;
  });
}

const CODES: Readonly<Record<string, ProblemCode>> = {
  InvalidSymbol: 'unexpected_text',
  InvalidNumberFormat: 'unexpected_text',
  PropertyNameExpected: 'name_expected',
  ValueExpected: 'value_expected',
  ColonExpected: 'colon_expected',
  CommaExpected: 'comma_expected',
  CloseBraceExpected: 'brace_expected',
  CloseBracketExpected: 'bracket_expected',
  EndOfFileExpected: 'unexpected_text',
  InvalidCommentToken: 'unexpected_text',
  UnexpectedEndOfComment: 'comment_unfinished',
  UnexpectedEndOfString: 'string_unfinished',
  UnexpectedEndOfNumber: 'unexpected_text',
  InvalidUnicode: 'bad_escape',
  InvalidEscapeCharacter: 'bad_escape',
  InvalidCharacter: 'unexpected_text',
};

const FULL_WIDTH: Readonly<Record<string, string>> = {
  '：': ':',
  '，': ',',
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
};

/** Word processors and Chinese input methods put in signs that look right: say so instead of naming the grammar. */
function problemOf(text: string, { error, offset }: ParseError): Problem {
  const sign = text[offset] ?? '';
  if (/[“”„‟＂‘’]/.test(sign)) return problem('curly_quote', offset);
  const half = FULL_WIDTH[sign];
  if (half !== undefined) return problem('full_width_sign', offset, { sign: half });
  return problem(CODES[printParseErrorCode(error)] ?? 'unexpected_text', offset);
}
