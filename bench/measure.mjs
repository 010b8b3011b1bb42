// How every comparison measures: interleaved rounds, every answer checked, medians.
import { cpuSecondsOf } from './product.mjs';

/**
 * @param contestants name → `{ caller, pids, right }`: who makes a call for a text; the processes whose computing counts; what
 * is the right answer, if not the text
 * @returns name → number of callers → a figure for each round
 */
export async function interleaved(contestants, { counts, rounds, seconds, bytes }, measure = figureOf) {
  const table = {};
  for (let round = 0; round < rounds; round += 1)
    for (const count of counts)
      for (const [name, contestant] of Object.entries(contestants))
        ((table[name] ??= {})[count] ??= []).push(await measure(name, contestant, count, seconds, bytes));
  return table;
}

/**
 * Right answers per second, their median latency, and what one costs the answering processes in computing time, with `count`
 * callers that each wait for their answer.
 *
 * @returns also what came instead of a right answer, and how often
 */
export async function figureOf(_name, { caller, pids, right }, count, forSeconds, bytes) {
  const text = 'x'.repeat(bytes);
  const expected = right ?? text;
  const call = caller(text);
  const latencies = [];
  const wrong = {};
  const cpuSeconds = () => pids().reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
  const cpuBefore = cpuSeconds();
  const started = performance.now();
  const end = started + forSeconds * 1000;
  await Promise.all(
    Array.from({ length: count }, async () => {
      while (performance.now() < end) {
        const from = performance.now();
        const answer = await call().catch((error) => error);
        if (answer === expected) latencies.push(performance.now() - from);
        else {
          const reason = String(answer).slice(0, 300);
          wrong[reason] = (wrong[reason] ?? 0) + 1;
        }
      }
    }),
  );
  latencies.sort((a, b) => a - b);
  return {
    perSecond: (latencies.length / (performance.now() - started)) * 1000,
    p50: latencies[latencies.length >> 1],
    cpuMs: ((cpuSeconds() - cpuBefore) * 1000) / latencies.length,
    wrong,
  };
}

export const median = (figures, name) => figures.map((each) => each[name]).sort((a, b) => a - b)[figures.length >> 1];

export const title = (text) => console.log(`\n${text}\n`);
export const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
/** What stands below the head of a table whose first column alone holds words. */
export const rule = (columns) => row('---', ...Array.from({ length: columns - 1 }, () => '---:'));
