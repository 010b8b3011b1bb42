import { isInlineImage, linkTarget } from '../markdown/links.js';

/** How much text of a result is drawn; the rest stays with the service's answer in the audit. */
export const SHOWN_CHARACTERS = 10 * 1024;

/** A piece of a tool's answer, ready to be shown as text, picture or link; never as markup. */
export type ResultItem =
  | { kind: 'text'; text: string; cut: boolean }
  | { kind: 'json'; text: string; cut: boolean }
  | { kind: 'image'; source: string }
  | { kind: 'link'; name: string; href: string; description: string }
  | { kind: 'other'; mimeType: string };

type Fields = Record<string, unknown>;

/** The answer of a tool (MCP CallToolResult, or whatever else came) as items. */
export function readResult(output: unknown): ResultItem[] {
  if (!isFields(output) || !Array.isArray(output['content'])) return output == null ? [] : [asJson(output)];
  const items = output['content'].map(readBlock);
  const structured = output['structuredContent'];
  // A server repeats structured content as text for older clients; once is enough.
  const repeated = items.some((item) => item.kind === 'json' && item.text === asJson(structured).text);
  return structured == null || repeated ? items : [...items, asJson(structured)];
}

function readBlock(block: unknown): ResultItem {
  if (!isFields(block)) return asJson(block);
  switch (block['type']) {
    case 'text':
      return asText(text(block['text']));
    case 'image':
      return asImage(block);
    case 'audio':
      return { kind: 'other', mimeType: text(block['mimeType']) };
    case 'resource_link':
      return asLink(block);
    case 'resource':
      return asResource(block['resource']);
    default:
      return asJson(block);
  }
}

function asText(value: string): ResultItem {
  const json = /^\s*[[{]/.test(value) ? parse(value) : undefined;
  return json === undefined ? { kind: 'text', ...shorten(value) } : asJson(json);
}

const asJson = (value: unknown): { kind: 'json'; text: string; cut: boolean } => ({
  kind: 'json',
  ...shorten(JSON.stringify(value, null, 2) ?? ''),
});

function asImage(block: Fields): ResultItem {
  const source = `data:${text(block['mimeType'])};base64,${text(block['data'])}`;
  return isInlineImage(source) ? { kind: 'image', source } : { kind: 'other', mimeType: text(block['mimeType']) };
}

function asLink(block: Fields): ResultItem {
  const uri = text(block['uri']);
  const href = linkTarget(uri)?.href ?? '';
  return {
    kind: 'link',
    href,
    name: text(block['title']) || text(block['name']) || uri,
    description: text(block['description']),
  };
}

function asResource(resource: unknown): ResultItem {
  if (!isFields(resource)) return asJson(resource);
  if (typeof resource['text'] === 'string') return asText(resource['text']);
  return asImage({ mimeType: resource['mimeType'], data: resource['blob'] });
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const shorten = (value: string): { text: string; cut: boolean } => ({
  text: value.slice(0, SHOWN_CHARACTERS),
  cut: value.length > SHOWN_CHARACTERS,
});

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
