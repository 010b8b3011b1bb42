import { createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { SealBroken, type SecretBox } from '../../platform/index.js';
import { canonical, type Value } from './chain-format.js';
import { chainKey, nodeMac } from './chain-keys.js';
import { ChainNodeRow } from './chain-node.entity.js';
import type { CheckpointFile } from './checkpoint-file.js';
import { numberOf, rowsOf, textOf } from './raw-rows.js';

/** This process as a writer of the record: its name, and the keys of its chain. */
export interface ChainNode {
  /** Random, lower-case letters and digits; kept in the data folder. */
  id: string;
  keyId: string;
  /** For the MACs. */
  key: KeyObject;
  /** What the first entry follows. */
  genesis: string;
  /** Ed25519, SPKI in base64url; for whoever checks what this node signed. */
  publicKey: string;
  /** Signs a list of values, base64url. */
  sign(values: readonly Value[]): string;
}

export interface NodeSurroundings {
  database: DataSource;
  box: SecretBox;
  /** File that remembers which node this data folder is. */
  idFile: string;
  /** Knows how far the chain had come. */
  checkpoints: CheckpointFile;
}

const logger = new Logger('AuditChain');

/**
 * The node of this data folder, or a new one. A new one too where the database is older than what the node has signed:
 * numbers that were given once must not be given again, and the gap stays visible.
 */
export async function openNode(surroundings: NodeSurroundings): Promise<ChainNode> {
  const { database, box, idFile } = surroundings;
  const id = readId(idFile);
  const row = id === null ? null : await database.getRepository(ChainNodeRow).findOneBy({ id });
  if (id !== null && !row) logger.warn(`The database does not know the node ${id} of ${idFile}; a new chain begins`);
  if (row && isGenuine(row, box) && !(await isBehind(row.id, surroundings))) return nodeOf(row, box);
  return nodeOf(await createNode(surroundings), box);
}

function readId(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isGenuine(row: ChainNodeRow, box: SecretBox): boolean {
  const genuine = nodeMac(row, box) === row.mac;
  if (!genuine) logger.error(`The node ${row.id} was altered in the database; a new chain begins. Run audit:verify`);
  return genuine;
}

/** Whether the database was set back: the newest checkpoint of the file is ahead of it, or on another branch. */
async function isBehind(node: string, { database, checkpoints }: NodeSurroundings): Promise<boolean> {
  const last = checkpoints.lastOf(node);
  if (!last) return false;
  const sql = 'SELECT mac FROM audit_chain WHERE node = ? AND seq = ?';
  const [entry] = await rowsOf(database.query.bind(database), sql, [node, last.seq]);
  if (entry && textOf(entry, 'mac') === last.mac) return false;
  logger.error(
    `The record of node ${node} ends before entry ${last.seq}, which was signed at ${new Date(last.at).toISOString()}: ` +
      'the database was set back or cut. A new chain begins. Run audit:verify',
  );
  return true;
}

async function createNode({ database, box, idFile }: NodeSurroundings): Promise<ChainNodeRow> {
  const id = randomBytes(6).toString('hex');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
  const row = {
    id,
    createdAt: new Date(),
    recordsBefore: await countUnchained(database),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
    signingKey: box.seal(secret, placeOfKey(id)),
    keyId: box.currentKeyId,
  };
  const whole = { ...row, mac: nodeMac(row, box) };
  await database.getRepository(ChainNodeRow).insert(whole);
  mkdirSync(dirname(idFile), { recursive: true, mode: 0o700 });
  writeFileSync(`${idFile}.new`, `${id}\n`, { mode: 0o600, flush: true });
  renameSync(`${idFile}.new`, idFile);
  logger.log(`The chain of node ${id} begins. Its checkpoints are signed with the public key ${row.publicKey}`);
  return whole;
}

async function countUnchained(database: DataSource): Promise<number> {
  const [row] = await rowsOf(
    database.query.bind(database),
    'SELECT (SELECT COUNT(*) FROM mcp_service_usage WHERE opened_mark IS NULL) + ' +
      '(SELECT COUNT(*) FROM audit_event WHERE mac IS NULL) AS number',
  );
  return row ? numberOf(row, 'number') : 0;
}

/** The newest node whose row is genuine, to sign with where no process writes its chain. */
export async function newestNode(database: DataSource, box: SecretBox): Promise<ChainNode | undefined> {
  const rows = await database.getRepository(ChainNodeRow).find({ order: { createdAt: 'DESC', id: 'DESC' } });
  const row = rows.find((each) => isGenuine(each, box));
  return row && nodeOf(row, box);
}

const placeOfKey = (id: string): string => `audit_node/${id}/signing_key`;

/** @throws {SealBroken} */
function nodeOf(row: ChainNodeRow, box: SecretBox): ChainNode {
  const keyId = box.currentKeyId;
  const privateKey = openKey(box.open(row.signingKey, placeOfKey(row.id)), row.id);
  return {
    id: row.id,
    keyId,
    key: chainKey(box, row.id, keyId),
    genesis: row.mac,
    publicKey: row.publicKey,
    sign: (values) => sign(null, Buffer.from(canonical(values)), privateKey).toString('base64url'),
  };
}

function openKey(secret: string, id: string): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(secret, 'base64url'), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new SealBroken(placeOfKey(id), cause);
  }
}
