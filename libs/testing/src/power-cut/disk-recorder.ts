import { basename, dirname } from 'node:path';
import { descriptorIn, quotedIn, type SystemCall } from './system-calls.ts';

/** A file or a folder, whatever its name is by now. The folder that is recorded is number 0. */
type Node = number;

interface Span {
  /** Lines of the recording. */
  readonly began: number;
  readonly ended: number;
}

/** What a process did to files and folders. */
export type DiskEvent = Span &
  (
    | { readonly kind: 'write'; readonly node: Node; readonly offset: number; readonly bytes: Buffer }
    | { readonly kind: 'cut'; readonly node: Node; readonly length: number }
    /** All that was done to the node before this began lasts once it has ended. */
    | { readonly kind: 'sync'; readonly node: Node }
    | {
        readonly kind: 'enter';
        readonly node: Node;
        readonly name: string;
        readonly child: Node;
        readonly isFolder: boolean;
      }
    | { readonly kind: 'leave'; readonly node: Node; readonly name: string }
    | { readonly kind: 'rename'; readonly node: Node; readonly name: string; readonly to: string; readonly child: Node }
  );

/** What a process wrote to anything else: to a connection, for instance. */
export interface Said extends Span {
  /** What strace calls it, as `TCP:[127.0.0.1:3000->127.0.0.1:40252]`. */
  readonly to: string;
  readonly bytes: Buffer;
}

/** A plain `Omit` would make one of the kinds of events. */
type Happening = DiskEvent extends infer Each ? (Each extends DiskEvent ? Omit<Each, keyof Span> : never) : never;

interface Opened {
  node: Node;
  /** Where `write` goes on. */
  position: number;
}

type Handler = (call: SystemCall, path: string) => void;

/** Which calls strace must write down. */
export const RECORDED_CALLS =
  'open,openat,creat,write,writev,pwrite64,pwritev,pwritev2,lseek,truncate,ftruncate,fallocate,fsync,fdatasync,' +
  'sync_file_range,copy_file_range,sendfile,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,' +
  'mkdir,mkdirat,rmdir,mmap';

/**
 * Makes events of the system calls of a process, as far as they change what is in one folder, which was empty when it began.
 * What it does not know how to record it refuses: a test must not be wrong about what a disk holds.
 */
export class DiskRecorder {
  readonly events: DiskEvent[] = [];
  readonly said: Said[] = [];
  private readonly root: string;
  private readonly leavesOut: (path: string) => boolean;
  private readonly nodes = new Map<string, Node>();
  private readonly opened = new Map<number, Opened>();
  private readonly lengths: number[] = [0];
  private readonly handlers: Readonly<Record<string, Handler>>;

  /** @param leavesOut files that do not matter after a power cut */
  constructor(root: string, leavesOut: (path: string) => boolean = () => false) {
    this.root = root;
    this.leavesOut = leavesOut;
    this.nodes.set(root, 0);
    const syncs: Handler = (call) => this.note(call, { kind: 'sync', node: this.openedBy(call).node });
    const removes: Handler = (call, path) => this.remove(call, path);
    const moves: Handler = (call, path) => this.move(call, path);
    const makesFolder: Handler = (call, path) => void this.make(call, path, true);
    const writesOn: Handler = (call) => this.writeOn(call);
    this.handlers = {
      open: (call, path) => this.open(call, path),
      openat: (call, path) => this.open(call, path),
      write: writesOn,
      writev: writesOn,
      pwrite64: (call) => this.write(call, this.openedBy(call).node, lastNumberIn(call.args)),
      ftruncate: (call) => this.cut(call, this.openedBy(call).node, lastNumberIn(call.args)),
      fsync: syncs,
      fdatasync: syncs,
      rename: moves,
      renameat: moves,
      renameat2: moves,
      unlink: removes,
      unlinkat: removes,
      rmdir: removes,
      mkdir: makesFolder,
      mkdirat: makesFolder,
      mmap: (call) => refuseSharedMap(call),
    };
  }

  /** @throws {Error} for what it cannot record */
  add(call: SystemCall): void {
    if (call.result.startsWith('-1') || call.result.startsWith('?')) return;
    const path = pathIn(call);
    if (path !== undefined && this.isInside(path)) {
      if (!this.leavesOut(path)) this.handle(call, path);
    } else if (call.name === 'write' || call.name === 'writev') this.listen(call);
  }

  private handle(call: SystemCall, path: string): void {
    const handler = this.handlers[call.name];
    if (!handler) throw new Error(`The recorder does not know ${call.name}, on ${path}.`);
    handler(call, path);
  }

  private isInside(path: string): boolean {
    return path === this.root || path.startsWith(`${this.root}/`);
  }

  private listen(call: SystemCall): void {
    const { began, ended, args } = call;
    const to = descriptorIn(args)?.label;
    if (to?.startsWith('TCP')) this.said.push({ began, ended, to, bytes: Buffer.concat(quotedIn(args)) });
  }

  private note({ began, ended }: SystemCall, happening: Happening): void {
    this.events.push({ ...happening, began, ended });
  }

  private open(call: SystemCall, path: string): void {
    const node = this.nodes.get(path) ?? this.create(call, path);
    if (/\bO_TRUNC\b/.test(call.args) && this.lengthOf(node) > 0) this.cut(call, node, 0);
    const position = /\bO_APPEND\b/.test(call.args) ? this.lengthOf(node) : 0;
    this.opened.set(Number.parseInt(call.result, 10), { node, position });
  }

  private create(call: SystemCall, path: string): Node {
    if (!/\bO_CREAT\b/.test(call.args)) throw new Error(`The recorder has not seen ${path} being made.`);
    return this.make(call, path, false);
  }

  private make(call: SystemCall, path: string, isFolder: boolean): Node {
    const child = this.lengths.push(0) - 1;
    this.nodes.set(path, child);
    this.note(call, { kind: 'enter', node: this.folderOf(path), name: basename(path), child, isFolder });
    return child;
  }

  private writeOn(call: SystemCall): void {
    const opened = this.openedBy(call);
    this.write(call, opened.node, opened.position);
    opened.position += Number.parseInt(call.result, 10);
  }

  private write(call: SystemCall, node: Node, offset: number): void {
    const bytes = Buffer.concat(quotedIn(call.args)).subarray(0, Number.parseInt(call.result, 10));
    this.lengths[node] = Math.max(this.lengthOf(node), offset + bytes.length);
    this.note(call, { kind: 'write', node, offset, bytes });
  }

  private cut(call: SystemCall, node: Node, length: number): void {
    this.lengths[node] = length;
    this.note(call, { kind: 'cut', node, length });
  }

  private remove(call: SystemCall, path: string): void {
    this.note(call, { kind: 'leave', node: this.folderOf(path), name: basename(path) });
    this.nodes.delete(path);
  }

  private move(call: SystemCall, path: string): void {
    const to = String(quotedIn(call.args)[1]);
    const child = this.nodes.get(path);
    if (child === undefined || dirname(to) !== dirname(path))
      throw new Error(`The recorder cannot move ${path} to ${to}.`);
    this.note(call, { kind: 'rename', node: this.folderOf(path), name: basename(path), to: basename(to), child });
    this.nodes.delete(path);
    this.nodes.set(to, child);
  }

  private folderOf(path: string): Node {
    const folder = this.nodes.get(dirname(path));
    if (folder === undefined) throw new Error(`The recorder has not seen the folder of ${path}.`);
    return folder;
  }

  private openedBy({ name, args }: SystemCall): Opened {
    const descriptor = descriptorIn(args);
    const opened = descriptor && this.opened.get(descriptor.number);
    if (!opened) throw new Error(`The recorder has not seen what ${name} uses being opened.`);
    return opened;
  }

  private lengthOf(node: Node): number {
    return this.lengths[node] ?? 0;
  }
}

const BY_PATH = new Set(
  'open openat creat rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir truncate'.split(
    ' ',
  ),
);

/** The file or folder that a call is about; of two, the first. */
const pathIn = ({ name, args }: SystemCall): string | undefined =>
  BY_PATH.has(name) ? String(quotedIn(args)[0]) : descriptorIn(args)?.label;

/** Where something stands last, it is the length or the place in the file. */
const lastNumberIn = (args: string): number => Number(/, (\d+)$/.exec(args)?.[1]);

/** What is written to memory that is shared with a file is not seen. */
function refuseSharedMap({ args }: SystemCall): void {
  if (/PROT_WRITE/.test(args) && /MAP_SHARED/.test(args)) throw new Error('The recorder cannot see into mapped files.');
}
