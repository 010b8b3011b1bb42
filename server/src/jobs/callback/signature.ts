import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';
/** What Standard Webhooks asks of a secret, bytes. */
const FEWEST_BYTES = 24;
const MOST_BYTES = 64;

/** Whether a text is a signing secret as Standard Webhooks writes it. */
export function isSigningSecret(text: string): boolean {
  if (!text.startsWith(PREFIX)) return false;
  const encoded = text.slice(PREFIX.length);
  const bytes = Buffer.from(encoded, 'base64');
  // Decoding skips what does not belong there: a mistyped secret would sign with another key.
  const isExact = bytes.toString('base64').replace(/=+$/, '') === encoded.replace(/=+$/, '');
  return isExact && bytes.length >= FEWEST_BYTES && bytes.length <= MOST_BYTES;
}

/** The headers of a message as standardwebhooks.com has them. @param secret absent: it is not signed */
export function webhookHeaders(id: string, at: Date, body: string, secret?: string): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    ...(secret !== undefined && { 'webhook-signature': `v1,${sign(`${id}.${timestamp}.${body}`, secret)}` }),
  };
}

const sign = (content: string, secret: string): string =>
  createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
    .update(content)
    .digest('base64');
