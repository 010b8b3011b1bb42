/** A resource, at the service that has it. */
export interface ServiceUri {
  readonly slug: string;
  /** A URI, or a URI template, as the service wrote it. */
  readonly uri: string;
}

/** How an endpoint writes the URIs of resources. Pure, and without loss in both directions. */
export interface Addresses {
  /** Works for URIs and URI templates alike. */
  toPublic(resource: ServiceUri): string;
  /** The way back; undefined for what the endpoint never wrote. */
  fromPublic(address: string): ServiceUri | undefined;
}

const SCHEME = 'gatehouse://';
const ADDRESS = /^(?:gatehouse|ui):\/\/([a-z0-9][a-z0-9-]*)\/(.+)$/s;
/** Exactly so: hosts of MCP Apps look for it letter by letter. */
const APP_SCHEME = 'ui://';

/**
 * Resources of many services in one list: `gatehouse://<slug>/<the service's own URI>`.
 *
 * The service's URI follows unchanged. Encoding it would break templates: what a client fills in is percent-encoded once,
 * and must reach the service exactly so. Apps are `ui://<slug>/<what followed the scheme>`: hosts of MCP Apps render
 * nothing of another scheme.
 */
export const ADDRESSES_OF_MANY: Addresses = {
  toPublic: ({ slug, uri }) =>
    isApp(uri) ? `${APP_SCHEME}${slug}/${uri.slice(APP_SCHEME.length)}` : `${SCHEME}${slug}/${uri}`,
  fromPublic: (address) => {
    const [, slug, rest] = ADDRESS.exec(address) ?? [];
    if (!slug || !rest) return undefined;
    if (address.startsWith(APP_SCHEME)) return { slug, uri: `${APP_SCHEME}${rest}` };
    // Never written by us: the same resource has an address of its own.
    return isApp(rest) ? undefined : { slug, uri: rest };
  },
};

const isApp = (uri: string): boolean => uri.startsWith(APP_SCHEME) && uri.length > APP_SCHEME.length;

/** Resources of one service need no prefix. */
export const addressesOfOne = (slug: string): Addresses => ({
  toPublic: ({ uri }) => uri,
  fromPublic: (uri) => (uri === '' ? undefined : { slug, uri }),
});
