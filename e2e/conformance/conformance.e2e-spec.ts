import { complaints } from './expectations.js';
import { SERVER_CELLS, Stage, type ServerCell } from './servers.js';
import { serverScenarios, type Findings } from './suite.js';

/** Suites wait more than they compute; more of them at once would miss their own deadlines on a small machine. */
const AT_ONCE = 3;

const titleOf = ({ suite, revision, service, way }: ServerCell): string =>
  `suite ${suite}, client of ${revision}, ${service} service, ${way}`;

/** The official conformance suite, against our fixtures and against them through the gateway. */
describe('conformance', () => {
  let stage: Stage;
  const found = new Map<ServerCell, Findings>();

  beforeAll(async () => {
    stage = await Stage.open();
    const waiting = [...SERVER_CELLS.entries()];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, cell] = next;
        found.set(cell, await stage.examine(cell, `fixture-${index}`));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }, 300_000);

  afterAll(() => stage.close());

  describe.each(SERVER_CELLS.map((cell): [string, ServerCell] => [titleOf(cell), cell]))('%s', (_title, cell) => {
    it.each(serverScenarios(cell.suite, cell.revision))('%s', (scenario) => {
      expect(complaints(scenario, found.get(cell)?.get(scenario), cell.expected)).toEqual([]);
    });
  });
});
