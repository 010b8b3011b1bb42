import { ANSWER_JSON, JsonMeter } from '../../platform/index.js';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const DATA = Buffer.from('data:');
const BOM = [0xef, 0xbb, 0xbf];

/**
 * Looks at the JSON in an event stream before anybody parses it, in pieces as they come: what stands in the `data` of one
 * event, over as many lines as it takes, is one text.
 */
export class EventMeter {
  private readonly meter = new JsonMeter(ANSWER_JSON);
  /** How much of `data:` the line has shown so far; it is no such line once this is undefined. */
  private matched: number | undefined = 0;
  private lineLength = 0;
  /** A newline right behind it ends no line of its own. */
  private endedByReturn = false;
  private isStart = true;

  /** @throws {JsonRefused} */
  feed(chunk: Buffer): void {
    let at = this.isStart ? this.afterBom(chunk) : 0;
    while (at < chunk.length) {
      const end = endOfLine(chunk, at);
      this.feedLine(chunk, at, end);
      if (end < chunk.length) this.endLine(chunk[end] === RETURN);
      at = end + 1;
    }
  }

  private feedLine(chunk: Buffer, from: number, to: number): void {
    let at = from;
    this.lineLength += to - from;
    while (this.matched !== undefined && this.matched < DATA.length && at < to) {
      this.matched = chunk[at] === DATA[this.matched] ? this.matched + 1 : undefined;
      at += 1;
    }
    if (this.matched === DATA.length && at < to) this.meter.feed(chunk, at, to);
  }

  private endLine(byReturn: boolean): void {
    const isSecondHalf = this.endedByReturn && !byReturn && this.lineLength === 0;
    this.endedByReturn = byReturn;
    if (isSecondHalf) return;
    if (this.lineLength === 0) this.meter.restart();
    this.matched = 0;
    this.lineLength = 0;
  }

  /** Decoders leave marks out that stand at the beginning. */
  private afterBom(chunk: Buffer): number {
    let at = 0;
    while (at < chunk.length && BOM.includes(chunk[at] ?? 0)) at += 1;
    if (at < chunk.length) this.isStart = false;
    return at;
  }
}

function endOfLine(chunk: Buffer, from: number): number {
  const newline = chunk.indexOf(NEWLINE, from);
  const end = newline === -1 ? chunk.length : newline;
  const early = chunk.subarray(from, end).indexOf(RETURN);
  return early === -1 ? end : from + early;
}
