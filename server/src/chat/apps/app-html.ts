/** Characters of an app's page; the largest published ones have some 2 million. */
const LONGEST_HTML = 5_000_000;

/** The page of an app, as a service answered with it. */
export interface AppSource {
  readonly html: string;
  /** `_meta.ui`: foreign, unchecked. */
  readonly ui: Readonly<Record<string, unknown>>;
}

/**
 * Finds the page in the answer to a reading. Pure.
 *
 * @param contents of the resource, as MCP has them
 * @returns what is wrong with it, where something is
 */
export function appSource(contents: readonly unknown[], mimeType: string): AppSource | { readonly problem: string } {
  const page = contents.find((each): each is Record<string, unknown> => isObject(each) && isPage(each, mimeType));
  if (!page) return { problem: `no content of type ${mimeType}` };
  const html = htmlOf(page);
  if (html === undefined) return { problem: 'neither text nor blob' };
  if (html.length > LONGEST_HTML) return { problem: `more than ${LONGEST_HTML} characters` };
  const meta = isObject(page['_meta']) ? page['_meta'] : {};
  return { html, ui: isObject(meta['ui']) ? meta['ui'] : {} };
}

/** Services write it with and without a space, and may add a charset. */
const isPage = ({ mimeType }: Record<string, unknown>, expected: string): boolean =>
  typeof mimeType === 'string' && mimeType.replaceAll(/\s/g, '').toLowerCase().startsWith(expected);

function htmlOf({ text, blob }: Record<string, unknown>): string | undefined {
  if (typeof text === 'string') return text;
  return typeof blob === 'string' ? Buffer.from(blob, 'base64').toString('utf8') : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
