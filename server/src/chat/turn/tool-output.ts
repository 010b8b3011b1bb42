/** A tool's answer as MCP has it, as far as it matters here. */
export interface ToolAnswer {
  content?: readonly unknown[];
  structuredContent?: unknown;
  isError?: boolean;
}

/** Characters of one answer that are kept with the message. */
const MAX_STORED = 512 * 1024;

/** What a model is given of a tool's answer: its text, cut to `maxCharacters`. Pure. */
export function textForModel(answer: unknown, maxCharacters: number): string {
  const { content, structuredContent } = answer as ToolAnswer;
  const texts = (content ?? []).map(blockText).filter(Boolean);
  if (texts.length === 0 && structuredContent !== undefined) texts.push(JSON.stringify(structuredContent));
  return cut(texts.join('\n') || '(the tool returned no content)', maxCharacters);
}

/** The answer as it is stored and shown: unchanged, unless it is longer than a conversation should carry. */
export function boundedAnswer<T extends ToolAnswer>(answer: T): T | ToolAnswer {
  const characters = JSON.stringify(answer).length;
  if (characters <= MAX_STORED) return answer;
  const text = textForModel(answer, MAX_STORED / 8);
  return { content: [{ type: 'text', text }], ...(answer.isError && { isError: true }) };
}

function blockText(block: unknown): string {
  const { type, text, mimeType, data, resource, uri, name } = block as Record<string, unknown>;
  if (type === 'text') return asText(text);
  if (type === 'image' || type === 'audio') return `[${type}, ${asText(mimeType)}, ${sizeOf(data)}; shown to the user]`;
  if (type === 'resource_link') return `[link to ${asText(name)}: ${asText(uri)}]`;
  if (type !== 'resource' || typeof resource !== 'object' || resource === null) return `[${asText(type)}]`;
  const embedded = resource as Record<string, unknown>;
  return typeof embedded['text'] === 'string'
    ? embedded['text']
    : `[resource ${asText(embedded['uri'])}, ${asText(embedded['mimeType'])}; shown to the user]`;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

const sizeOf = (base64: unknown): string => `${Math.ceil((asText(base64).length * 3) / 4 / 1024)} KiB`;

/** Never in the middle of a surrogate pair, and never without saying so. */
function cut(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const kept = text.slice(0, maxCharacters).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}\n[cut: ${text.length - kept.length} of ${text.length} characters left out]`;
}
