import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A secret of a kind, unlike anything else that the product holds. */
export const canary = (kind: string): string => `${kind}/${randomBytes(18).toString('base64')}?&`;

/** How a secret may look where it leaked. */
const spellings = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'),
];

/** @returns every `place: kind` at which one of the secrets was found */
export function hits(secrets: Record<string, string>, places: Record<string, string | Buffer>): string[] {
  return Object.entries(places).flatMap(([place, content]) =>
    Object.entries(secrets)
      .filter(([, secret]) => spellings(secret).some((spelling) => content.includes(spelling)))
      .map(([kind]) => `${place}: ${kind}`),
  );
}

/** Every file below a folder but the root keys, by its path. */
export async function filesOf(folder: string): Promise<Record<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile() && !entry.parentPath.endsWith('/keys'));
  return Object.fromEntries(
    await Promise.all(
      paths.map(async ({ parentPath, name }) => [name, await readFile(join(parentPath, name))] as const),
    ),
  );
}
