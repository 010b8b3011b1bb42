import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SecretBox } from '../../platform/index.js';
import { SEALS } from '../calls/call.dto.js';
import { placeOf } from '../chain/chain-format.js';
import { rowsOf, textOf, valueOf, type Query } from '../chain/raw-rows.js';
import { ChainWalk } from './chain-walk.js';
import { ChainBroken } from './fault.js';
import { KnownNodes } from './known-nodes.js';

/** Whether a call's record is what the chain says. `none`: it is older than the chain. */
export type Seal = (typeof SEALS)[number];

const MARKS = 'SELECT status, opened_mark, closed_mark FROM mcp_service_usage WHERE id = ?';

/** Looks at one call's entries, each with the one before it. */
@Injectable()
export class CallSeals {
  constructor(
    private readonly database: DataSource,
    private readonly box: SecretBox,
  ) {}

  async of(callId: string): Promise<Seal> {
    const query = this.database.query.bind(this.database);
    const [row] = await rowsOf(query, MARKS, [callId]);
    const [opened, closed] = [valueOf(row?.['opened_mark']), valueOf(row?.['closed_mark'])];
    if (opened === null && closed === null) return 'none';
    if (closed === null && row && textOf(row, 'status') !== 'running') return 'broken';
    const known = await KnownNodes.read(query, this.box);
    for (const mark of new Set([opened, closed])) {
      if (mark !== null && !(await holds(String(mark), callId, known, query))) return 'broken';
    }
    return 'valid';
  }
}

/** Whether the entry is there, is this call's and is right. One that retention took away is not held against its call. */
async function holds(mark: string, callId: string, known: KnownNodes, query: Query): Promise<boolean> {
  const place = placeOf(mark);
  const node = place && known.find(place.node);
  if (!node) return false;
  try {
    const anchor = await known.anchorOf(node.id, query);
    if (anchor && anchor.seq >= place.seq) return true;
    const sql = 'SELECT record_id FROM audit_chain WHERE node = ? AND seq = ?';
    const [entry] = await rowsOf(query, sql, [node.id, place.seq]);
    if (!entry || textOf(entry, 'record_id') !== callId) return false;
    await new ChainWalk(node, known, query).run({ from: place.seq, to: place.seq });
    return true;
  } catch (error) {
    if (error instanceof ChainBroken) return false;
    throw error;
  }
}
