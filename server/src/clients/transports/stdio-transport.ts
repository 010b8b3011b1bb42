import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { CommandNotFound, InputNotRead, MessageTooLarge, ProcessEnded } from '../errors/upstream-failures.js';
import { LIMITS } from '../limits.js';
import { answeredId, readRpcMessage } from './rpc-message.js';
import { LineSplitter } from './line-splitter.js';
import { ProcessTree } from './process-tree.js';
import type { CommandLine } from './sandbox.js';
import { TextTail } from './text-tail.js';

export interface StdioSettings {
  command: CommandLine;
  cwd: string;
  env: Record<string, string>;
  /** The last word on whether the process may start; what it throws is why not. */
  admission?: () => Promise<void>;
  /** How long the child may leave what we write unread, ms; default 5 s. */
  writeTimeoutMs?: number;
}

/** After the process is gone, its last words may still be in the pipe. */
const DRAIN_MS = 250;

/**
 * MCP over the standard streams of a child process: one JSON-RPC message a line.
 *
 * Lines that are no messages are counted and skipped. The SDK's own stdio transport is not used, because it puts no
 * useful bound on a line, never gives up on a child that does not read, and leaves grandchildren behind.
 */
export class StdioTransport implements Transport {
  onclose?: () => void;
  /** As `onclose`, for whoever made it. */
  onend?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  /** The SDK takes a transport with `stderr` and `pid` for a stdio one and judges a silent probe accordingly. */
  readonly stderr = null;
  /** Lines on standard output that were no JSON-RPC message. */
  noise = 0;
  private tree: ProcessTree | undefined;
  private closed = false;
  private readonly lastWords = new TextTail(LIMITS.stderrBytes);
  private readonly lines = new LineSplitter(LIMITS.stdioLineBytes, {
    onLine: (line) => this.receive(line),
    onLongLine: (line) => this.onerror?.(new MessageTooLarge(LIMITS.stdioLineBytes, answeredId(line))),
  });

  constructor(private readonly settings: StdioSettings) {}

  get pid(): number | null {
    return this.tree?.child.pid ?? null;
  }

  /** The tail of what the child wrote to standard error. */
  get stderrTail(): string {
    return this.lastWords.toString();
  }

  /** How the child ended; undefined while it runs, and where there never was one. */
  get ending(): ProcessEnded | undefined {
    if (!this.tree?.hasEnded || this.pid === null) return undefined;
    const { exitCode, signalCode } = this.tree.child;
    return new ProcessEnded(exitCode, signalCode, this.stderrTail);
  }

  async start(): Promise<void> {
    if (this.settings.admission) await this.admit(this.settings.admission);
    this.tree = new ProcessTree(this.settings.command, this.settings);
    const { child } = this.tree;
    // Without descriptors for them there are not even pipes; the reason comes as an event in either case.
    if (child.pid === undefined) await hasSpawned(child);
    child.stdout.on('data', (chunk: Buffer) => this.lines.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => this.lastWords.push(chunk));
    // EPIPE: the child is gone, and its exit says so better.
    child.stdin.on('error', () => undefined);
    child.once('exit', () => void this.drain());
    await hasSpawned(child);
    child.on('error', (error) => this.onerror?.(error));
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const stdin = this.tree?.child.stdin;
    if (!stdin?.writable) throw this.ending ?? new Error('The process is not running.');
    if (stdin.write(`${JSON.stringify(message)}\n`)) return;
    try {
      await once(stdin, 'drain', { signal: AbortSignal.timeout(this.settings.writeTimeoutMs ?? LIMITS.stdioWriteMs) });
    } catch (error) {
      void this.close();
      throw new InputNotRead('the process does not read its input', { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.tree?.stop();
    this.announceClose();
  }

  private async admit(admission: () => Promise<void>): Promise<void> {
    await admission();
    // Whoever wanted it may have gone meanwhile, and nobody would end it.
    if (this.closed) throw new Error('closed before it was started');
  }

  private receive(line: Buffer): void {
    try {
      const message = readRpcMessage(line);
      if (message) this.onmessage?.(message);
      else this.noise += 1;
    } catch (error) {
      this.onerror?.(error as Error);
    }
  }

  private async drain(): Promise<void> {
    const { stdout } = this.tree!.child;
    if (!stdout.readableEnded)
      await once(stdout, 'end', { signal: AbortSignal.timeout(DRAIN_MS) }).catch(() => undefined);
    this.announceClose();
  }

  private announceClose(): void {
    if (this.closed) return;
    this.closed = true;
    this.onend?.();
    this.onclose?.();
  }
}

/** @throws {CommandNotFound} */
async function hasSpawned(child: ChildProcess): Promise<void> {
  await once(child, 'spawn').catch((error: Error) => {
    throw new CommandNotFound(error.message, { cause: error });
  });
}
