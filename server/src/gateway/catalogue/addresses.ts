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
const ADDRESS = /^gatehouse:\/\/([a-z0-9][a-z0-9-]*)\/(.+)$/s;

/**
 * Resources of many services in one list: `gatehouse://<slug>/<the service's own URI>`.
 *
 * The service's URI follows unchanged. Encoding it would break templates: what a client fills in is percent-encoded once,
 * and must reach the service exactly so.
 */
export const ADDRESSES_OF_MANY: Addresses = {
  toPublic: ({ slug, uri }) => `${SCHEME}${slug}/${uri}`,
  fromPublic: (address) => {
    const [, slug, uri] = ADDRESS.exec(address) ?? [];
    return slug && uri ? { slug, uri } : undefined;
  },
};

/** Resources of one service need no prefix. */
export const addressesOfOne = (slug: string): Addresses => ({
  toPublic: ({ uri }) => uri,
  fromPublic: (uri) => (uri === '' ? undefined : { slug, uri }),
});
