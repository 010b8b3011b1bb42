import { readFileSync } from 'node:fs';
import { CLIENT_CASES, type ClientCase } from './clients.js';
import { passes } from './expectations.js';
import { SERVER_CELLS, type ServerCell } from './servers.js';
import { serverScenarios, type Check, type Findings } from './suite.js';

/** Suite; revision of the client; revision of the service; passed directly; passed through Gatehouse. */
export type Row = string[];

const REVISION_OF = { modern: '2026-07-28', legacy: '2025-11-25' } as const;
const NOT_APPLICABLE = '–';
const MARKED = /<!-- conformance -->\n([\s\S]*?)<!-- \/conformance -->/;

/** What the runs say, as rows of the table in the READMEs. */
export function scoreboard(asServer: Map<ServerCell, Findings>, asClient: Map<ClientCase, Check[]>): Row[] {
  const score = (cell: ServerCell | undefined): string => {
    if (!cell) return NOT_APPLICABLE;
    const scenarios = serverScenarios(cell.suite, cell.revision);
    return share(scenarios.map((scenario) => passes(asServer.get(cell)?.get(scenario))));
  };
  const through = SERVER_CELLS.filter(({ way }) => way !== 'direct');
  const serverRows = through.map((cell): Row => {
    const { suite, revision, service } = cell;
    const direct = SERVER_CELLS.find(
      (each) => each.way === 'direct' && each.suite === suite && each.revision === revision && each.service === service,
    );
    return [suite, revision, REVISION_OF[service], score(direct), score(cell)];
  });
  const runs = new Map(CLIENT_CASES.map((each) => [`${each.suite} ${each.revision}`, each]));
  const clientRows = [...runs.values()].map(({ suite, revision }): Row => {
    const cases = CLIENT_CASES.filter((each) => each.suite === suite && each.revision === revision);
    return [suite, 'Gatehouse', revision, NOT_APPLICABLE, share(cases.map((each) => passes(asClient.get(each))))];
  });
  return [...serverRows, ...clientRows];
}

/** The rows of the table that stands in `file` between its two marks, without its head. */
export function publishedScoreboard(file: string): Row[] {
  const table = MARKED.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  const lines = table.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((field) => field.trim()),
  );
}

const share = (results: boolean[]): string => `${results.filter(Boolean).length} / ${results.length}`;
