import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The packages of the official suite: the stable line, and the one that knows 2026-07-28. */
const PACKAGES = { '0.1.16': 'conformance-2025', '0.2.0-alpha.12': '@modelcontextprotocol/conformance' } as const;

export type SuiteVersion = keyof typeof PACKAGES;
export type Revision = '2025-11-25' | '2026-07-28';

/** One thing that a scenario looked at. */
export interface Check {
  id: string;
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'INFO' | 'SKIPPED';
  description: string;
  errorMessage?: string;
}

/** What a run found, by scenario. */
export type Findings = Map<string, Check[]>;

const RUN_DEADLINE_MS = 80_000;
const SERVER_FOLDER = /^server-(.+)-\d{4}-\d\d-\d\dT/;

/** Waits a second or less for what a server may say; a busy machine gets a second chance, a wrong server fails again. */
const HASTY = 'server-stateless';

const folderOf = (version: SuiteVersion): string => join('node_modules', PACKAGES[version]);
const programOf = (version: SuiteVersion): string => join(folderOf(version), 'dist', 'index.js');

/** The scenarios for servers that `version` has for `revision`: those it requires, and those it only reports. */
export function serverScenarios(version: SuiteVersion, revision: Revision): string[] {
  if (version === '0.1.16') {
    const listed = execFileSync(process.execPath, [programOf(version), 'list', '--server'], { encoding: 'utf8' });
    return [...listed.matchAll(/^ +- (\S+) \[[^\]]*2025-11-25/gm)].map((match) => match[1] ?? '');
  }
  const file = join(folderOf(version), 'requirements', `${revision}.yaml`);
  const requirements = parse(readFileSync(file, 'utf8')) as {
    server: string[];
    not_scored: { scenario: string; leg: string }[];
  };
  const reported = requirements.not_scored.filter(({ leg }) => leg === 'server').map(({ scenario }) => scenario);
  return [...requirements.server, ...reported];
}

/** Runs everything that `version` has for servers of `revision` against the server at `url`. */
export async function examineServer(version: SuiteVersion, revision: Revision, url: string): Promise<Findings> {
  const scope = version === '0.1.16' ? ['--suite', 'all'] : ['--requirements', revision];
  const findings = await run(version, ['server', '--url', url, ...scope], SERVER_FOLDER);
  if (!findings.get(HASTY)?.some(({ status }) => status === 'FAILURE' || status === 'WARNING')) return findings;
  const again = ['server', '--url', url, '--scenario', HASTY, '--spec-version', revision];
  return new Map([...findings, ...(await run(version, again, SERVER_FOLDER))]);
}

/**
 * Lets the suite play a server in one scenario.
 *
 * @param command connects to the URL that is appended to it
 */
export async function examineClient(
  version: SuiteVersion,
  revision: Revision,
  scenario: string,
  command: string,
  env: Record<string, string>,
): Promise<Check[]> {
  const args = ['client', '--command', command, '--scenario', scenario, '--spec-version', revision];
  const findings = await run(version, args, /^(.+)-\d{4}-\d\d-\d\dT/, env);
  return findings.get(scenario) ?? [];
}

async function run(
  version: SuiteVersion,
  args: string[],
  folderName: RegExp,
  env: Record<string, string> = {},
): Promise<Findings> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-conformance-'));
  try {
    await finished([programOf(version), ...args, '-o', folder], env);
    const findings: Findings = new Map();
    for (const name of await readdir(folder)) {
      const scenario = folderName.exec(name)?.[1];
      if (scenario === undefined) continue;
      const checks = JSON.parse(await readFile(join(folder, name, 'checks.json'), 'utf8')) as Check[];
      findings.set(scenario, [...checks, ...(await crashIn(join(folder, name)))]);
    }
    return findings;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the client under test died of; nothing for a server, or when it ended well. */
async function crashIn(folder: string): Promise<Check[]> {
  const output = await readFile(join(folder, 'stderr.txt'), 'utf8').catch(() => '');
  const description = /^Error: .*$/m.exec(output)?.[0];
  return description === undefined ? [] : [{ id: 'client-crash', status: 'FAILURE', description }];
}

/** Its exit code says whether all was well, which the findings say better. */
function finished(args: string[], env: Record<string, string>): Promise<void> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, timeout: RUN_DEADLINE_MS, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, options, () => resolve());
  });
}
