const INLINE_IMAGE = /^data:image\/(png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i;

/** Whether an image may be shown: bytes that came with the text, in a format that cannot carry script. */
export const isInlineImage = (url: string): boolean => INLINE_IMAGE.test(url);

/** The address as a link may carry it, or nothing when following it could run code, read a file or act on the host page. */
export function linkTarget(url: string): URL | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed && /^(https?|mailto):$/.test(parsed.protocol) ? parsed : undefined;
}
