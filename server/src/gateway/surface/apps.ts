import { CLIENT_CAPABILITIES_META_KEY, type ClientCapabilities, type Server } from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';
import { APPS_EXTENSION, APP_MIME_TYPE } from '../../clients/index.js';
import { FLAT_APP_KEY, isAppUri } from '../../tools/index.js';
import type { Place } from './relay.js';

type Meta = Readonly<Record<string, unknown>>;

/**
 * Whether the client renders MCP Apps: said with the request (modern), or once in `initialize` (legacy).
 *
 * For a client that does not, an app is noise and a tool for apps alone would be offered to a model.
 */
export function rendersApps(server: Server | undefined, context: CallContext): boolean {
  const envelope = context.mcpReq.envelope as Meta | undefined;
  const capabilities = (envelope ? envelope[CLIENT_CAPABILITIES_META_KEY] : server?.getClientCapabilities()) as
    ClientCapabilities | undefined;
  const declared: unknown = capabilities?.extensions?.[APPS_EXTENSION];
  if (typeof declared !== 'object' || declared === null) return false;
  const { mimeTypes } = declared as { mimeTypes?: unknown };
  return mimeTypes === undefined || (Array.isArray(mimeTypes) && mimeTypes.includes(APP_MIME_TYPE));
}

/** `_meta` with the app's address as the endpoint writes it, in both places where it may stand; else untouched. Pure. */
export function withPublicApp<T extends { _meta?: Meta | undefined }>(described: T, { slug, addresses }: Place): T {
  const publicUri = (uri: unknown): unknown =>
    typeof uri === 'string' && isAppUri(uri) ? addresses.toPublic({ slug, uri }) : uri;
  return mapMeta(described, ({ ui, [FLAT_APP_KEY]: flat, ...meta }) => ({
    ...meta,
    ...(ui !== undefined && { ui: isObject(ui) ? { ...ui, ...uriOf(ui, publicUri) } : ui }),
    ...(flat !== undefined && { [FLAT_APP_KEY]: publicUri(flat) }),
  }));
}

/** For clients that render no apps: nothing that speaks of one. Pure. */
export const withoutApp = <T extends { _meta?: Meta | undefined }>(described: T): T =>
  mapMeta(described, ({ ui: _, [FLAT_APP_KEY]: __, ...meta }) => meta);

const uriOf = (ui: Meta, publicUri: (uri: unknown) => unknown): Meta =>
  'resourceUri' in ui ? { resourceUri: publicUri(ui['resourceUri']) } : {};

/** What never spoke of an app is handed back itself, not a copy: most things did not. */
function mapMeta<T extends { _meta?: Meta | undefined }>(described: T, change: (meta: Meta) => Meta): T {
  const { _meta, ...rest } = described;
  if (!_meta || !('ui' in _meta || FLAT_APP_KEY in _meta)) return described;
  const meta = change(_meta);
  return { ...rest, ...(Object.keys(meta).length > 0 && { _meta: meta }) } as T;
}

const isObject = (value: unknown): value is Meta => typeof value === 'object' && value !== null;
