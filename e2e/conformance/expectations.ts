import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './suite.js';

/** Why a check fails on purpose, by `scenario` or `scenario:check`. */
export type Expectations = Map<string, string>;

const ENTRY = /^ +- (\S+) # (\S.*)$/;
const FOLDER = join('e2e', 'conformance', 'expected');

/**
 * Reads a file of expected failures in the suite's own format.
 *
 * @throws {Error} for a line that gives no reason
 */
export function readExpectations(name: string): Expectations {
  const lines = readFileSync(join(FOLDER, name), 'utf8').split('\n');
  const entries = lines.filter((line) => /^ +-/.test(line));
  return new Map(
    entries.map((line): [string, string] => {
      const [, key, reason] = ENTRY.exec(line) ?? [];
      if (key === undefined || reason === undefined) throw new Error(`${name}: this line gives no reason: ${line}`);
      return [key, reason];
    }),
  );
}

/** What is wrong with how a scenario went; empty when it went as expected. Warnings are what the revision says SHOULD be. */
export function complaints(scenario: string, checks: Check[] | undefined, expected: Expectations): string[] {
  if (checks === undefined) return [`${scenario} did not run`];
  const failed = checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING');
  const isExpected = ({ id }: Check): boolean => expected.has(scenario) || expected.has(`${scenario}:${id}`);
  const stale = [...expected.keys()].filter((key) => {
    const [ofScenario, check] = key.split(':');
    return ofScenario === scenario && !failed.some(({ id }) => check === undefined || id === check);
  });
  return [
    ...failed
      .filter((check) => !isExpected(check))
      .map((check) => `${check.id}: ${check.errorMessage ?? check.description}`),
    ...stale.map((key) => `${key} is expected to fail, but passes`),
  ];
}

/** Whether nothing failed, expected or not; warnings do not count here, as they do not in the suite's own verdict. */
export const passes = (checks: Check[] | undefined): boolean =>
  checks?.every(({ status }) => status !== 'FAILURE') ?? false;
