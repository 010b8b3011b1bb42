import type { KeyObject } from 'node:crypto';
import { SecretBox } from '../../platform/index.js';
import { chainKey, nodeMac } from '../chain/chain-keys.js';
import { anchorValues, isSigned, type Anchor } from '../chain/checkpoint.js';
import { numberOf, rowsOf, textOf, type Query, type RawRow } from '../chain/raw-rows.js';
import { ChainBroken } from './fault.js';

/** A node, and whether its row is as it was written. */
export interface KnownNode {
  id: string;
  isGenuine: boolean;
  genesis: string;
  publicKey: string;
  recordsBefore: number;
}

/** Every node of the database, with the keys of its chain. Few: one for each data folder that ever was. */
export class KnownNodes {
  private readonly keys = new Map<string, KeyObject>();

  private constructor(
    readonly all: readonly KnownNode[],
    private readonly box: SecretBox,
  ) {}

  static async read(query: Query, box: SecretBox): Promise<KnownNodes> {
    const rows = await rowsOf(query, 'SELECT * FROM audit_node ORDER BY created_at, id');
    return new KnownNodes(
      rows.map((row) => nodeOf(row, box)),
      box,
    );
  }

  find(id: string): KnownNode | undefined {
    return this.all.find((node) => node.id === id);
  }

  /** @throws {ChainBroken} the root key is not in the key file any more */
  key(node: string, keyId: string): KeyObject {
    const name = `${node} ${keyId}`;
    let key = this.keys.get(name);
    if (!key) {
      try {
        key = chainKey(this.box, node, keyId);
      } catch {
        throw new ChainBroken({
          node,
          kind: 'key-missing',
          what: `the root key "${keyId}" is not in the key file: keep old keys as long as the record lives`,
        });
      }
      this.keys.set(name, key);
    }
    return key;
  }

  /** Up to where a node's chain was pruned. @throws {ChainBroken} the anchor is nobody's word */
  async anchorOf(node: string, query: Query): Promise<Anchor | undefined> {
    const [row] = await rowsOf(query, 'SELECT * FROM audit_anchor WHERE node = ?', [node]);
    if (!row) return undefined;
    const anchor = {
      node,
      seq: numberOf(row, 'seq'),
      mac: textOf(row, 'mac'),
      at: numberOf(row, 'at'),
      signer: textOf(row, 'signer'),
      signature: textOf(row, 'signature'),
    };
    const signer = this.find(anchor.signer);
    if (signer?.isGenuine && isSigned(anchorValues(anchor), anchor.signature, signer.publicKey)) return anchor;
    throw new ChainBroken({
      node,
      seq: anchor.seq,
      kind: 'anchor-forged',
      what: 'the note that everything up to here was pruned is not signed by a node of ours',
    });
  }
}

function nodeOf(row: RawRow, box: SecretBox): KnownNode {
  const stated = {
    id: textOf(row, 'id'),
    createdAt: new Date(numberOf(row, 'created_at')),
    recordsBefore: numberOf(row, 'records_before'),
    publicKey: textOf(row, 'public_key'),
    keyId: textOf(row, 'key_id'),
  };
  const genesis = textOf(row, 'mac');
  return { ...stated, genesis, isGenuine: genuine(stated, genesis, box) };
}

function genuine(stated: Parameters<typeof nodeMac>[0], mac: string, box: SecretBox): boolean {
  try {
    return nodeMac(stated, box) === mac;
  } catch {
    return false; // Its root key is not there: nothing of it can be believed.
  }
}
