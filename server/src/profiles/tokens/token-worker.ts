import { parentPort } from 'node:worker_threads';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

/*
 * Counts tokens in a thread of its own: the vocabulary takes a second to load and some 60 MB, and both go when the thread does.
 * Imports only packages, because it is loaded by its file name.
 */

/** One number per text, in their order. */
export type TokenCounts = readonly number[];

parentPort?.on('message', (texts: readonly string[]) => {
  // What looks like a control token in a description is text like any other.
  parentPort?.postMessage(texts.map((text) => countTokens(text, { disallowedSpecial: new Set() })));
});
