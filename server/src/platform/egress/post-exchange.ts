import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/** What is posted, and how its answer is wanted. */
export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal?: AbortSignal | undefined;
  /** Called once, when the head of the answer is there. @returns whether the body is wanted in one piece */
  readonly isWanted: (statusCode: number, headers: Headers) => boolean;
  /** Of a body in one piece. */
  readonly mostBytes: number;
}

interface Head {
  readonly statusCode: number;
  readonly headers: Headers;
}

/** An answer with its body as it came, not unpacked: in one piece, or a stream, which must be read or destroyed. */
export type PostAnswer = (Head & { readonly whole: Buffer }) | (Head & { readonly stream: Readable });

/** A body that was wanted in one piece is larger than it may be. */
export class BodyTooLarge extends Error {
  constructor(readonly mostBytes: number) {
    super(`more than ${mostBytes} bytes`);
    this.name = 'BodyTooLarge';
  }
}

/** Takes what undici has to say of one POST. */
export class PostExchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<PostAnswer>;
  private readonly resolve: (answer: PostAnswer) => void;
  private readonly reject: (reason: unknown) => void;
  private controller: Dispatcher.DispatchController | undefined;
  private head: Head | undefined;
  private stream: Readable | undefined;
  private chunks: Buffer[] = [];
  private bytes = 0;
  private isOver = false;

  constructor(private readonly post: Post) {
    const { promise, resolve, reject } = Promise.withResolvers<PostAnswer>();
    this.answer = promise;
    this.resolve = resolve;
    this.reject = reject;
    post.signal?.addEventListener('abort', this.onAbort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.isOver) controller.abort(this.reason());
    else this.controller = controller;
  }

  onResponseStart(controller: Dispatcher.DispatchController, statusCode: number, headers: Headers): void {
    if (statusCode < 200) return;
    const head = { statusCode, headers };
    if (this.post.isWanted(statusCode, headers)) {
      if (Number(headers['content-length']) > this.post.mostBytes) this.refuse(controller);
      else this.head = head;
      return;
    }
    this.stream = this.streamOf(controller);
    this.resolve({ ...head, stream: this.stream });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.stream) {
      if (!this.stream.push(chunk)) controller.pause();
      return;
    }
    this.bytes += chunk.length;
    if (this.bytes > this.post.mostBytes) this.refuse(controller);
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.end();
    if (this.stream) this.stream.push(null);
    else if (this.head) this.resolve({ ...this.head, whole: this.whole() });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.end();
    if (this.stream) this.stream.destroy(error);
    else this.reject(error);
  }

  private readonly onAbort = (): void => {
    const { controller } = this;
    this.end();
    if (this.stream) this.stream.destroy(this.reason());
    else this.reject(this.reason());
    controller?.abort(this.reason());
  };

  private reason(): Error {
    const reason: unknown = this.post.signal?.reason;
    return reason instanceof Error ? reason : new Error(String(reason));
  }

  private refuse(controller: Dispatcher.DispatchController): void {
    controller.abort(new BodyTooLarge(this.post.mostBytes));
  }

  private whole(): Buffer {
    const [first] = this.chunks;
    return first && this.chunks.length === 1 ? first : Buffer.concat(this.chunks, this.bytes);
  }

  private streamOf(controller: Dispatcher.DispatchController): Readable {
    const stream = new Readable({
      read: () => controller.resume(),
      destroy: (error, done) => {
        const wasOver = this.isOver;
        this.end();
        if (!wasOver) controller.abort(error ?? new Error('The answer is not wanted any more.'));
        done(error);
      },
    });
    // Whoever reads it hears of an error by reading; without a listener it would end the process.
    return stream.on('error', () => undefined);
  }

  private end(): void {
    this.isOver = true;
    this.controller = undefined;
    this.post.signal?.removeEventListener('abort', this.onAbort);
  }
}
