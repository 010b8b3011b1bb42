/** A system call that has ended, as `strace -f` wrote it down. */
export interface SystemCall {
  readonly name: string;
  /** What stands between the brackets. */
  readonly args: string;
  /** A number first; negative when it failed. */
  readonly result: string;
  /** Line of its beginning, which is that of its end unless another thread's calls came between. */
  readonly began: number;
  readonly ended: number;
}

const WHOLE = /^(\d+) +(\w+)\((.*)\) += (.*)$/;
const FIRST_HALF = /^(\d+) +(\w+)\((.*?),? *<unfinished \.\.\.>$/;
const SECOND_HALF = /^(\d+) +<\.\.\. (\w+) resumed>,? *(.*)\) += (.*)$/;

/** Reads what `strace -f -o` writes, line by line, and puts the halves of calls together that others interrupted. */
export class SystemCallReader {
  private line = 0;
  private readonly halves = new Map<string, { began: number; args: string }>();

  /** @returns the call that ends with this line; undefined where none does */
  read(line: string): SystemCall | undefined {
    this.line += 1;
    const first = FIRST_HALF.exec(line);
    if (first) {
      const [, thread = '', name = '', args = ''] = first;
      this.halves.set(`${thread} ${name}`, { began: this.line, args });
      return undefined;
    }
    return this.wholeOf(line) ?? this.joined(line);
  }

  private wholeOf(line: string): SystemCall | undefined {
    const [, , name, args = '', result = ''] = WHOLE.exec(line) ?? [];
    return name === undefined ? undefined : { name, args, result, began: this.line, ended: this.line };
  }

  private joined(line: string): SystemCall | undefined {
    const [, thread = '', name = '', rest = '', result = ''] = SECOND_HALF.exec(line) ?? [];
    const half = this.halves.get(`${thread} ${name}`);
    if (!half) return undefined;
    this.halves.delete(`${thread} ${name}`);
    const args = [half.args, rest].filter((part) => part !== '').join(', ');
    return { name, args, result, began: half.began, ended: this.line };
  }
}

/** The first file descriptor in `args`, and what it leads to, with `strace -yy`. */
export function descriptorIn(args: string): { number: number; label: string } | undefined {
  const [, number, label = ''] = /(?:^|, )(\d+)<(.*?)>(?:\(deleted\))?(?:,|$)/.exec(args) ?? [];
  return number === undefined ? undefined : { number: Number(number), label: readable(label) };
}

/**
 * Everything in quotes, with `strace -xx`.
 *
 * @throws {Error} strace has cut one off: `-s` was too small
 */
export function quotedIn(args: string): Buffer[] {
  return [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?/g)].map(([, text = '', cut]) => {
    if (cut) throw new Error('The recording has cut off what was written.');
    return Buffer.from(text.replaceAll('\\x', ''), 'hex');
  });
}

const readable = (text: string): string =>
  text.replaceAll(/(?:\\x[0-9a-f]{2})+/g, (run) => Buffer.from(run.replaceAll('\\x', ''), 'hex').toString());
