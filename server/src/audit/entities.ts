import { CallRecord } from './calls/call-record.entity.js';
import { AnchorRow } from './chain/anchor.entity.js';
import { ChainEntry } from './chain/chain-entry.entity.js';
import { ChainNodeRow } from './chain/chain-node.entity.js';
import { CheckpointRow } from './chain/checkpoint.entity.js';
import { GapRow } from './chain/gap.entity.js';
import { TrailEntry } from './trail/trail-entry.entity.js';

export const AUDIT_ENTITIES = [CallRecord, TrailEntry, ChainNodeRow, ChainEntry, CheckpointRow, AnchorRow, GapRow];
