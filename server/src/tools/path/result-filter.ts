import { Injectable } from '@nestjs/common';
import { AppError, Scrubber, isSurelyPlain } from '../../platform/index.js';
import { mapTexts, withoutTerminalControl } from './plain-text.js';

const MAX_CHARACTERS = 4 * 1024 * 1024;

/**
 * Step 10, filter: what a service answered is a stranger's text. It is bounded in size, a terminal would find nothing to
 * obey in it, and secrets of ours that a service echoes are masked.
 */
@Injectable()
export class ResultFilter {
  constructor(private readonly scrubber: Scrubber) {}

  /** @throws {AppError} `output_too_large` */
  apply<T>(answer: T, service: { name: string }): T {
    if (weight(answer, MAX_CHARACTERS) > MAX_CHARACTERS) {
      throw new AppError('output_too_large', { details: { service: service.name, limit: '4 MiB' } });
    }
    return mapTexts(answer, (text, holder) =>
      this.scrubber.clean(isSurelyPlain(holder, text) ? text : withoutTerminalControl(text)),
    );
  }
}

/** Characters of all texts and keys, and one for every other value; stops counting once above `enough`. */
function weight(value: unknown, enough: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  let sum = 1;
  for (const [key, child] of Object.entries(value)) {
    sum += key.length + weight(child, enough - sum);
    if (sum > enough) break;
  }
  return sum;
}
