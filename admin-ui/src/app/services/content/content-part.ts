import { isRecord } from '../schema-form/json-schema';

/** One piece of foreign content, sorted by how it may be shown. Nothing of it is ever markup. */
export type ContentPart =
  | { kind: 'text'; text: string; json?: unknown }
  | { kind: 'image'; source: string; mimeType: string; bytes: number }
  | { kind: 'audio'; source: string; mimeType: string; bytes: number }
  | { kind: 'binary'; data: string; mimeType: string; bytes: number; name: string }
  | { kind: 'link'; uri: string; name: string; description: string; mimeType: string }
  | { kind: 'other'; value: unknown };

/** Raster formats only: an SVG is a document with scripts, and is offered as a file instead. */
const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);
const AUDIO = new Set([
  'audio/wav',
  'audio/x-wav',
  'audio/mpeg',
  'audio/mp3',
  'audio/ogg',
  'audio/webm',
  'audio/aac',
  'audio/flac',
  'audio/mp4',
]);
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** Sorts the blocks of a tool's result or of a prompt's message. */
export const contentParts = (blocks: unknown): ContentPart[] => (Array.isArray(blocks) ? blocks : [blocks]).map(partOf);

/** Sorts what reading a resource gave. */
export const resourceParts = (contents: readonly unknown[]): ContentPart[] => contents.map(embedded);

function partOf(block: unknown): ContentPart {
  if (!isRecord(block)) return { kind: 'other', value: block };
  switch (block['type']) {
    case 'text':
      return typeof block['text'] === 'string' ? textPart(block['text']) : { kind: 'other', value: block };
    case 'image':
    case 'audio':
      return binary(block['data'], block['mimeType'], '', block);
    case 'resource':
      return embedded(block['resource']);
    case 'resource_link':
      return link(block);
    default:
      return { kind: 'other', value: block };
  }
}

function textPart(text: string): ContentPart {
  const json = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
  return json === undefined ? { kind: 'text', text } : { kind: 'text', text, json };
}

function embedded(resource: unknown): ContentPart {
  if (!isRecord(resource)) return { kind: 'other', value: resource };
  if (typeof resource['text'] === 'string') return textPart(resource['text']);
  return binary(resource['blob'], resource['mimeType'], fileName(text(resource['uri'])), resource);
}

function binary(data: unknown, mimeType: unknown, name: string, whole: unknown): ContentPart {
  if (typeof data !== 'string' || !BASE64.test(data)) return { kind: 'other', value: whole };
  const type = text(mimeType).split(';')[0]?.trim().toLowerCase() || 'application/octet-stream';
  const bytes = Math.floor((data.replace(/[\s=]/g, '').length * 3) / 4);
  const source = `data:${type};base64,${data}`;
  if (IMAGES.has(type)) return { kind: 'image', source, mimeType: type, bytes };
  if (AUDIO.has(type)) return { kind: 'audio', source, mimeType: type, bytes };
  return { kind: 'binary', data, mimeType: type, bytes, name: name || 'content.bin' };
}

const link = (block: Record<string, unknown>): ContentPart => ({
  kind: 'link',
  uri: text(block['uri']),
  name: text(block['title']) || text(block['name']) || text(block['uri']),
  description: text(block['description']),
  mimeType: text(block['mimeType']),
});

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const fileName = (uri: string): string => (uri.split(/[?#]/)[0]?.split('/').pop() ?? '').replace(/[^\w.-]/g, '_');

function parsed(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return undefined;
  }
}
