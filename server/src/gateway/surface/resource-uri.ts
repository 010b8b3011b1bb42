/**
 * Resource URIs of many services in one list: `gatehouse://<slug>/<the service's own URI>`.
 *
 * The service's URI follows unchanged. Encoding it would break templates: what a client fills in is percent-encoded once,
 * and must reach the service exactly so.
 */
const SCHEME = 'gatehouse://';
const ADDRESS = /^gatehouse:\/\/([a-z0-9][a-z0-9-]*)\/(.+)$/s;

export interface ServiceUri {
  readonly slug: string;
  /** A URI, or a URI template, as the service wrote it. */
  readonly uri: string;
}

/** Works for URIs and URI templates alike. */
export const toPublicUri = ({ slug, uri }: ServiceUri): string => `${SCHEME}${slug}/${uri}`;

/** The way back; undefined for what is not one of ours. */
export function fromPublicUri(address: string): ServiceUri | undefined {
  const [, slug, uri] = ADDRESS.exec(address) ?? [];
  return slug && uri ? { slug, uri } : undefined;
}
