import { sampleOf, seedOfRun, seededRandom } from '@gatehouse/testing';

/** Whether every case is tried; otherwise a sample, the same for the same seed. */
export const isFull = process.env['GATEHOUSE_PROOF'] === 'full';

/** All cases in the long proofs, else at most `most` of them. */
export const chosen = <T>(cases: readonly T[], most: number): readonly T[] =>
  isFull ? cases : sampleOf(cases, most, seededRandom(seedOfRun()));

const AT_ONCE = 8;

/** Tries all of them, a few at a time. @returns what went wrong, a line for each */
export async function tryAll<T>(
  cases: readonly T[],
  attempt: (each: T) => Promise<string | undefined>,
): Promise<string[]> {
  const problems: string[] = [];
  const waiting = [...cases];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const problem = await attempt(next);
      if (problem !== undefined) problems.push(problem);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return problems;
}

const MOST_ATTEMPTS = 20;

/** Asks again when the door said to come back: on a busy machine it may, to anybody. It lets them wait for that answer. */
export async function untilLetIn<T extends { status: number }>(ask: () => Promise<T>): Promise<T> {
  let answer = await ask();
  for (let attempt = 1; answer.status === 503 && attempt < MOST_ATTEMPTS; attempt += 1) answer = await ask();
  return answer;
}

/** How many cases of each kind there are and were tried, said once at the end. */
export class CaseCount {
  private readonly byId = new Map<string, { tried: number; all: number }>();

  constructor(private readonly group: string) {}

  add(id: string, tried: number, all: number): void {
    const before = this.byId.get(id) ?? { tried: 0, all: 0 };
    this.byId.set(id, { tried: before.tried + tried, all: before.all + all });
  }

  /** @param known defects that are not mended yet, by what fails */
  print(measured: string, known: readonly string[] = []): void {
    const format = (count: number): string => count.toLocaleString('en');
    const say = ({ tried, all }: { tried: number; all: number }): string =>
      tried === all ? format(tried) : `${format(tried)} of ${format(all)}`;
    const total = [...this.byId.values()].reduce((sum, each) => ({
      tried: sum.tried + each.tried,
      all: sum.all + each.all,
    }));
    const parts = [...this.byId].map(([id, count]) => `${id}: ${say(count)}`);
    process.stdout.write(
      [
        `group ${this.group}: ${say(total)} cases (${parts.join('; ')})`,
        `  ${measured}`,
        ...known.map((each) => `  KNOWN: ${each}`),
        '',
      ].join('\n'),
    );
  }
}
