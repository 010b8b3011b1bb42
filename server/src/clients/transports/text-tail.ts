/** The last `maxBytes` of a stream of text, for showing what a process said before it died. */
export class TextTail {
  private chunks: Buffer[] = [];
  private length = 0;

  constructor(private readonly maxBytes: number) {}

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
    if (this.length > 2 * this.maxBytes) this.shrink();
  }

  toString(): string {
    this.shrink();
    return Buffer.concat(this.chunks).toString('utf8');
  }

  private shrink(): void {
    const kept = Buffer.concat(this.chunks).subarray(-this.maxBytes);
    this.chunks = [Buffer.from(kept)];
    this.length = kept.length;
  }
}
