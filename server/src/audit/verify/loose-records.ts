import type { SecretBox } from '../../platform/index.js';
import { markOf, placeOf } from '../chain/chain-format.js';
import { isTrailMac } from '../chain/chain-keys.js';
import { numberOf, places, rowsOf, textOf, valueOf, valuesOf, type Query, type RawRow } from '../chain/raw-rows.js';
import { TRAIL_COLUMNS } from '../trail/trail-columns.js';
import type { Fault } from './fault.js';
import type { KnownNodes } from './known-nodes.js';

const PAGE = 500;

/** What stands in no chain. */
export interface Loose {
  /** From before there was a chain. */
  older: number;
  /** Changes of the last moment, still to be sealed. */
  unsealed: number;
  fault: Fault | null;
}

/** The way back: whether every record has its place in a chain. Finds what was put in beside them. */
export async function looseRecords(query: Query, nodes: KnownNodes, box: SecretBox): Promise<Loose> {
  const calls = new LooseCalls(query, nodes);
  let fault = await calls.look();
  const changes = new LooseChanges(query, nodes, box);
  fault ??= await changes.look();
  const older = calls.older + changes.older;
  const before = Math.max(0, ...nodes.all.filter((node) => node.isGenuine).map((node) => node.recordsBefore));
  fault ??= older > before ? tooMany(older, before) : null;
  return { older, unsealed: changes.unsealed, fault };
}

const tooMany = (older: number, before: number): Fault => ({
  kind: 'record-unchained',
  what: `${older} records are in no chain, and only ${before} were there before the first one`,
});

/** Pages of a table by id, and whether what their marks name exists. */
abstract class LooseRows {
  older = 0;

  constructor(
    protected readonly query: Query,
    protected readonly nodes: KnownNodes,
  ) {}

  async look(): Promise<Fault | null> {
    const pruned = new Map<string, number>();
    for (const { id } of this.nodes.all) {
      const anchor = await this.nodes.anchorOf(id, this.query).catch(() => undefined);
      pruned.set(id, anchor?.seq ?? 0);
    }
    for (let last = ''; ;) {
      const rows = await this.page(last);
      const fault = await this.faultIn(rows, pruned);
      if (fault || rows.length < PAGE) return fault;
      last = textOf(rows.at(-1) as RawRow, 'id');
    }
  }

  protected abstract page(after: string): Promise<RawRow[]>;

  /** Marks that must name an entry of this record. */
  protected abstract marksOf(row: RawRow): string[] | Fault;

  private async faultIn(rows: readonly RawRow[], pruned: ReadonlyMap<string, number>): Promise<Fault | null> {
    const named: { id: string; mark: string }[] = [];
    for (const row of rows) {
      const marks = this.marksOf(row);
      if (!Array.isArray(marks)) return marks;
      for (const mark of marks) named.push({ id: textOf(row, 'id'), mark });
    }
    const owners = await this.ownersOf(named.map(({ mark }) => mark));
    for (const { id, mark } of named) {
      const place = placeOf(mark);
      if (place && place.seq <= (pruned.get(place.node) ?? 0)) continue;
      if (owners.get(mark) !== id) return this.stray(id, place);
    }
    return null;
  }

  private async ownersOf(marks: readonly string[]): Promise<Map<string, string>> {
    const byNode = new Map<string, number[]>();
    for (const place of marks.map(placeOf)) {
      if (place) byNode.set(place.node, [...(byNode.get(place.node) ?? []), place.seq]);
    }
    const owners = new Map<string, string>();
    for (const [node, seqs] of byNode) {
      const sql = `SELECT seq, record_id FROM audit_chain WHERE node = ? AND seq IN (${places(seqs)})`;
      for (const row of await rowsOf(this.query, sql, [node, ...seqs]))
        owners.set(markOf({ node, seq: numberOf(row, 'seq') }), textOf(row, 'record_id'));
    }
    return owners;
  }

  protected stray(id: string, place: { node: string; seq: number } | null): Fault {
    return {
      ...(place ?? {}),
      kind: 'record-unchained',
      what: `the record ${id} was put in: no chain has an entry for it where it says so`,
    };
  }
}

class LooseCalls extends LooseRows {
  protected page(after: string): Promise<RawRow[]> {
    const sql = `SELECT id, status, opened_mark, closed_mark FROM mcp_service_usage WHERE id > ? ORDER BY id LIMIT ${PAGE}`;
    return rowsOf(this.query, sql, [after]);
  }

  protected marksOf(row: RawRow): string[] | Fault {
    const [opened, closed] = [valueOf(row['opened_mark']), valueOf(row['closed_mark'])];
    if (opened === null) this.older += 1;
    else if (closed === null && row['status'] !== 'running') {
      return {
        ...(placeOf(String(opened)) ?? {}),
        kind: 'record-altered',
        what: `the call ${textOf(row, 'id')} has an end that no chain knows of`,
      };
    }
    return [opened, closed].filter((mark): mark is string => typeof mark === 'string');
  }
}

class LooseChanges extends LooseRows {
  unsealed = 0;

  constructor(
    query: Query,
    nodes: KnownNodes,
    private readonly box: SecretBox,
  ) {
    super(query, nodes);
  }

  protected page(after: string): Promise<RawRow[]> {
    const sql = `SELECT ${TRAIL_COLUMNS.join(', ')}, mac, mark FROM audit_event WHERE id > ? ORDER BY id LIMIT ${PAGE}`;
    return rowsOf(this.query, sql, [after]);
  }

  protected marksOf(row: RawRow): string[] | Fault {
    const mark = valueOf(row['mark']);
    if (mark !== null) return [String(mark)];
    if (valueOf(row['mac']) === null) this.older += 1;
    else if (isTrailMac(this.box, valuesOf(row, TRAIL_COLUMNS), textOf(row, 'mac'))) this.unsealed += 1;
    else return this.stray(textOf(row, 'id'), null);
    return [];
  }
}
