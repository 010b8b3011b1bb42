import { randomBytes } from 'node:crypto';
import type { ReplayBudget } from './replay-budget.js';

interface Kept {
  readonly number: number;
  readonly text: string;
}

/** The answer to a request, or the stream of what belongs to none. */
export type StreamKind = 'answer' | 'news';

const MARKS = { answer: 'a', news: 'n' } as const satisfies Record<StreamKind, string>;
const ID = /^((a|n)[\w-]{16})\.(\d{1,15})$/;

/** The stream, and the last event of it, that an event id names; undefined for what is no id of ours. */
export function parseEventId(id: string): { logId: string; kind: StreamKind; number: number } | undefined {
  const [, logId, mark, number] = ID.exec(id) ?? [];
  return logId === undefined
    ? undefined
    : { logId, kind: mark === MARKS.news ? 'news' : 'answer', number: Number(number) };
}

/**
 * The latest events of one stream, numbered from 1; 0 is the beginning. When they are too many the oldest are forgotten, and
 * whoever heard only of what was before them cannot go on.
 */
export class EventLog {
  /** Cannot be guessed, so that no other session's id leads here. */
  readonly id: string;
  private readonly kept: Kept[] = [];
  private last = 0;
  /** The number up to which events may be lost. */
  private forgotten = 0;

  /** @param kind shows in every id, so that one whose log is gone can still be told apart */
  constructor(
    kind: StreamKind,
    private readonly budget: ReplayBudget,
  ) {
    this.id = `${MARKS[kind]}${randomBytes(12).toString('base64url')}`;
  }

  get beginning(): string {
    return this.idOf(0);
  }

  /** @returns the event's id */
  append(text: string): string {
    this.last += 1;
    if (this.makeRoom(text.length)) this.kept.push({ number: this.last, text });
    else this.forgotten = this.last;
    return this.idOf(this.last);
  }

  /** What came after, in order; undefined when some of it is forgotten, or never was. */
  after(number: number): readonly { id: string; text: string }[] | undefined {
    if (number < this.forgotten || number > this.last) return undefined;
    return this.kept
      .filter((each) => each.number > number)
      .map((each) => ({ id: this.idOf(each.number), text: each.text }));
  }

  /** Gives back what it holds; nobody can go on from here. */
  clear(): void {
    while (this.dropOldest());
    this.forgotten = this.last + 1;
  }

  /** Makes room at the cost of this stream's own past only. */
  private makeRoom(size: number): boolean {
    while (!this.budget.take(size)) if (!this.dropOldest()) return false;
    return true;
  }

  private dropOldest(): boolean {
    const oldest = this.kept.shift();
    if (!oldest) return false;
    this.forgotten = oldest.number;
    this.budget.giveBack(oldest.text.length);
    return true;
  }

  private idOf(number: number): string {
    return `${this.id}.${number}`;
  }
}
