import { CLOSING_COLUMNS, OPENING_COLUMNS } from './record-columns.js';

const list = (names: readonly string[]): string => names.join(', ');
const places = (names: readonly string[]): string => names.map(() => '?').join(', ');
const settings = (names: readonly string[]): string => names.map((name) => `${name} = ?`).join(', ');

export const RECORD_COLUMNS = [...OPENING_COLUMNS, ...CLOSING_COLUMNS, 'opened_mark', 'closed_mark'];
export const ENDING_COLUMNS = [...CLOSING_COLUMNS, 'closed_mark'];
export const CHAIN_COLUMNS = ['node', 'seq', 'kind', 'record_id', 'at', 'key_id', 'digest', 'mac'];

/** Each with the parameters of one row. A call that ended is not ended again: its first end stands. */
export const ROW_SQL = {
  open: `INSERT INTO mcp_service_usage (${list(RECORD_COLUMNS)}) VALUES (${places(RECORD_COLUMNS)})`,
  close: `UPDATE mcp_service_usage SET ${settings(ENDING_COLUMNS)} WHERE id = ? AND status = 'running'`,
  seal: `UPDATE audit_event SET mark = ? WHERE id = ? AND mark IS NULL`,
  chain: `INSERT INTO audit_chain (${list(CHAIN_COLUMNS)}) VALUES (${places(CHAIN_COLUMNS)})`,
  head: 'SELECT seq, mac FROM audit_chain WHERE node = ? ORDER BY seq DESC LIMIT 1',
};
