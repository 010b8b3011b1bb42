import type { Product } from '../support/product.js';
import { examineClient, type Check, type Revision, type SuiteVersion } from './suite.js';

/** One scenario in which the suite is a server and Gatehouse its client. */
export interface ClientCase {
  suite: SuiteVersion;
  revision: Revision;
  scenario: string;
}

const LEGACY = ['initialize', 'tools_call', 'elicitation-sep1034-client-defaults', 'sse-retry'];
const MODERN = [
  'tools_call',
  'request-metadata',
  'sep-2322-client-request-state',
  'http-standard-headers',
  'http-custom-headers',
  'http-invalid-tool-headers',
  'json-schema-ref-no-deref',
  'json-schema-2020-12-preservation',
];

const cases = (suite: SuiteVersion, revision: Revision, scenarios: string[]): ClientCase[] =>
  scenarios.map((scenario) => ({ suite, revision, scenario }));

/** Everything that is required of clients, but for signing in, and what is only reported. */
export const CLIENT_CASES: ClientCase[] = [
  ...cases('0.2.0-alpha.12', '2026-07-28', MODERN),
  ...cases('0.2.0-alpha.12', '2025-11-25', [...LEGACY, 'json-schema-2020-12-preservation']),
  ...cases('0.1.16', '2025-11-25', LEGACY),
];

const DRIVER = `${process.execPath} --disable-warning=ExperimentalWarning e2e/conformance/driver/main.ts`;

/** @param keys of one who manages services, and of one who only uses them */
export function examineAsClient(
  { suite, revision, scenario }: ClientCase,
  { gatehouse }: Product,
  keys: { manager: string; member: string },
): Promise<Check[]> {
  return examineClient(suite, revision, scenario, DRIVER, {
    GATEHOUSE_URL: gatehouse.url,
    GATEHOUSE_MANAGER_KEY: keys.manager,
    GATEHOUSE_KEY: keys.member,
    // The older suite does not say which revision it speaks.
    MCP_CONFORMANCE_PROTOCOL_VERSION: revision,
  });
}
