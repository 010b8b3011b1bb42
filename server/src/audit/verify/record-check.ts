import { CLOSING_COLUMNS, OPENING_COLUMNS } from '../calls/record-columns.js';
import { digestOf, markOf, type Entry } from '../chain/chain-format.js';
import { places, rowsOf, textOf, valueOf, valuesOf, type Query, type RawRow } from '../chain/raw-rows.js';
import { TRAIL_COLUMNS } from '../trail/trail-columns.js';
import type { FaultKind } from './fault.js';

const CALLS = `SELECT ${[...OPENING_COLUMNS, ...CLOSING_COLUMNS].join(', ')}, opened_mark, closed_mark FROM mcp_service_usage`;
const CHANGES = `SELECT ${TRAIL_COLUMNS.join(', ')}, mark FROM audit_event`;

export type RecordFault = Extract<FaultKind, 'record-missing' | 'record-altered'>;

/** The records that some entries speak of, by id. */
export class Records {
  private constructor(
    private readonly calls: ReadonlyMap<string, RawRow>,
    private readonly changes: ReadonlyMap<string, RawRow>,
  ) {}

  static async of(entries: readonly Entry[], query: Query): Promise<Records> {
    const isChange = ({ kind }: Entry): boolean => kind === 'trail';
    return new Records(
      await byId(
        CALLS,
        entries.filter((each) => !isChange(each)),
        query,
      ),
      await byId(CHANGES, entries.filter(isChange), query),
    );
  }

  /** What is wrong with the record of `entry`, as far as the entry covers it; null for nothing. */
  faultOf(entry: Entry): RecordFault | null {
    const row = (entry.kind === 'trail' ? this.changes : this.calls).get(entry.recordId);
    if (!row) return 'record-missing';
    const { covered, mark } = coverage(entry, row);
    return mark === markOf(entry) && digestOf(covered) === entry.digest ? null : 'record-altered';
  }
}

function coverage(entry: Entry, row: RawRow) {
  const [opening, closing] = [valuesOf(row, OPENING_COLUMNS), valuesOf(row, CLOSING_COLUMNS)];
  const [opened, closed] = [valueOf(row['opened_mark']), valueOf(row['closed_mark'])];
  switch (entry.kind) {
    case 'intent':
      return { covered: opening, mark: opened };
    case 'refusal':
      return { covered: [...opening, ...closing], mark: opened === closed ? opened : null };
    case 'outcome':
    case 'unknown':
      return { covered: [valueOf(row['id']), ...closing], mark: closed };
    case 'trail':
      return { covered: valuesOf(row, TRAIL_COLUMNS), mark: valueOf(row['mark']) };
  }
}

async function byId(select: string, entries: readonly Entry[], query: Query): Promise<Map<string, RawRow>> {
  const ids = [...new Set(entries.map(({ recordId }) => recordId))];
  if (ids.length === 0) return new Map();
  const rows = await rowsOf(query, `${select} WHERE id IN (${places(ids)})`, ids);
  return new Map(rows.map((row) => [textOf(row, 'id'), row]));
}
