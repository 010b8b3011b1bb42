/** How a line that was too long began and ended, so that its sender can still be found. */
export interface LongLine {
  head: string;
  tail: string;
}

interface LineSplitterEvents {
  /** Without the white space at its end; never empty. */
  onLine(line: Buffer): void;
  onLongLine(line: LongLine): void;
}

const EDGE_BYTES = 256;
const NEWLINE = 0x0a;
const WHITE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d]);
const EMPTY = Buffer.alloc(0);

/** Cuts a byte stream into lines and never holds more than `maxBytes` of one; the rest of a longer line is skipped. */
export class LineSplitter {
  private chunks: Buffer[] = [];
  private length = 0;
  /** Set while a line that is too long is being skipped. */
  private skipped: { head: Buffer; tail: Buffer } | undefined;

  constructor(
    private readonly maxBytes: number,
    private readonly events: LineSplitterEvents,
  ) {}

  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      this.add(chunk.subarray(from, end));
      this.endLine();
      from = end + 1;
    }
    if (from < chunk.length) this.add(chunk.subarray(from));
  }

  private add(part: Buffer): void {
    if (this.skipped) {
      this.skipped.tail = lastBytes([this.skipped.tail, part]);
      return;
    }
    this.chunks.push(part);
    this.length += part.length;
    if (this.length <= this.maxBytes) return;
    const line = Buffer.concat(this.chunks);
    this.skipped = { head: Buffer.from(line.subarray(0, EDGE_BYTES)), tail: lastBytes([line]) };
    this.forget();
  }

  private endLine(): void {
    if (this.skipped) {
      const { head, tail } = this.skipped;
      this.skipped = undefined;
      this.events.onLongLine({ head: head.toString('utf8'), tail: tail.toString('utf8').trimEnd() });
      return;
    }
    const [first = EMPTY, ...more] = this.chunks;
    const line = trimmedEnd(more.length === 0 ? first : Buffer.concat(this.chunks));
    this.forget();
    if (line.length > 0) this.events.onLine(line);
  }

  private forget(): void {
    this.chunks = [];
    this.length = 0;
  }
}

/** JSON knows no other white space. */
function trimmedEnd(line: Buffer): Buffer {
  let end = line.length;
  while (end > 0 && WHITE.has(line[end - 1] ?? 0)) end -= 1;
  return line.subarray(0, end);
}

/** A copy, so that a few bytes do not keep megabytes alive. */
const lastBytes = (parts: Buffer[]): Buffer => Buffer.from(Buffer.concat(parts).subarray(-EDGE_BYTES));
