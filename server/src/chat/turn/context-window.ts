import type { ModelMessage } from 'ai';

/** Of the model's window, what is kept free for the answer. */
const ANSWER_SHARE = 0.25;
const LEFT_OUT = '[an earlier tool result, left out because the conversation is long]';

/** How many tokens of prompt fit, beside the instructions and the tools. */
export const promptBudget = (contextTokens: number, overheadTokens: number): number =>
  Math.max(0, Math.floor(contextTokens * (1 - ANSWER_SHARE)) - overheadTokens);

/**
 * An estimate that errs on the high side: a token for each Chinese character, and for every three characters of other text.
 * Each provider counts in its own way; asking for the exact number would cost a request.
 */
export function estimateTokens(value: unknown): number {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const wide = text.match(/[^\u0000-\u02FF]/g)?.length ?? 0; // eslint-disable-line no-control-regex -- the range begins at NUL
  return wide + Math.ceil((text.length - wide) / 3);
}

/**
 * The newest turns that fit. A turn is a question with all that followed it: half of one would leave calls without results.
 * The newest turn always stays.
 */
export function newestTurns(messages: readonly ModelMessage[], budgetTokens: number): ModelMessage[] {
  const turns = splitIntoTurns(messages);
  let left = budgetTokens;
  let first = turns.length;
  while (first > 0) {
    const cost = estimateTokens(turns[first - 1]);
    if (cost > left && first < turns.length) break;
    left -= cost;
    first -= 1;
  }
  return turns.slice(first).flat();
}

/** Replaces tool results by a remark, oldest first, until the rest fits; the newest message stays whole. */
export function withoutOldResults(messages: readonly ModelMessage[], budgetTokens: number): ModelMessage[] {
  let excess = estimateTokens(messages) - budgetTokens;
  return messages.map((message, index) => {
    if (excess <= 0 || message.role !== 'tool' || index === messages.length - 1) return message;
    const content = message.content.map((part) =>
      part.type === 'tool-result' ? { ...part, output: { type: 'text' as const, value: LEFT_OUT } } : part,
    );
    const shorter = { ...message, content };
    excess -= Math.max(0, estimateTokens(message) - estimateTokens(shorter));
    return shorter;
  });
}

function splitIntoTurns(messages: readonly ModelMessage[]): ModelMessage[][] {
  const turns: ModelMessage[][] = [];
  for (const message of messages) {
    if (message.role === 'user' || turns.length === 0) turns.push([message]);
    else turns.at(-1)?.push(message);
  }
  return turns;
}
