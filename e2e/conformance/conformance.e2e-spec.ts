import { CLIENT_CASES, examineAsClient, type ClientCase } from './clients.js';
import { complaints } from './expectations.js';
import { publishedScoreboard, scoreboard } from './scoreboard.js';
import { SERVER_CELLS, Stage, type ServerCell } from './servers.js';
import { serverScenarios, type Check, type Findings } from './suite.js';

/** Suites wait more than they compute; more of them at once would miss their own deadlines on a small machine. */
const AT_ONCE = 3;

const serverTitle = ({ suite, revision, service, way }: ServerCell): string =>
  `suite ${suite}, client of ${revision}, ${service} service, ${way}`;

const clientTitle = ({ suite, revision, scenario }: ClientCase): string => `suite ${suite}, ${revision}: ${scenario}`;

/** The official conformance suite, against our fixtures and against them through the gateway. */
describe('conformance', () => {
  let stage: Stage;
  const asServer = new Map<ServerCell, Findings>();
  const asClient = new Map<ClientCase, Check[]>();

  beforeAll(async () => {
    stage = await Stage.open();
    const keys = { manager: stage.managerKey, member: await stage.newKey('client') };
    const runs = [
      ...SERVER_CELLS.map((cell, index) => async () => {
        asServer.set(cell, await stage.examine(cell, `fixture-${index}`));
      }),
      ...CLIENT_CASES.map((each) => async () => {
        asClient.set(each, await examineAsClient(each, stage.product, keys));
      }),
    ];
    const work = async (): Promise<void> => {
      for (let run = runs.shift(); run; run = runs.shift()) await run();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }, 300_000);

  afterAll(() => stage.close());

  describe.each(SERVER_CELLS.map((cell): [string, ServerCell] => [serverTitle(cell), cell]))('%s', (_title, cell) => {
    it.each(serverScenarios(cell.suite, cell.revision))('%s', (scenario) => {
      expect(complaints(scenario, asServer.get(cell)?.get(scenario), cell.expected)).toEqual([]);
    });
  });

  describe('Gatehouse as the client of a service', () => {
    it.each(CLIENT_CASES.map((each): [string, ClientCase] => [clientTitle(each), each]))('%s', (_title, each) => {
      expect(complaints(each.scenario, asClient.get(each), new Map())).toEqual([]);
    });
  });

  it.each(['README.md', 'docs/zh/README.md'])('the table in %s says what the runs said', (file) => {
    expect(publishedScoreboard(file)).toEqual(scoreboard(asServer, asClient));
  });
});
