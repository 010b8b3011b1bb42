import { readdir, readFile } from 'node:fs/promises';

export interface ProcessRow {
  pid: number;
  parentPid: number;
  command: string;
}

/** Every living process below `pid`, from procfs (Linux only). A zombie has ended and does not count. */
export async function descendantsOf(pid: number): Promise<ProcessRow[]> {
  const rows = await livingProcesses();
  const below = (parentPid: number): ProcessRow[] =>
    rows.filter((row) => row.parentPid === parentPid).flatMap((row) => [row, ...below(row.pid)]);
  return below(pid);
}

/** Whether the process exists and has not ended. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await readProcess(pid)) !== undefined;
}

async function livingProcesses(): Promise<ProcessRow[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  return (await Promise.all(pids.map(readProcess))).filter((row) => row !== undefined);
}

async function readProcess(pid: number): Promise<ProcessRow | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name is in brackets and may itself contain spaces and brackets.
    const [state, parentPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    return { pid, parentPid: Number(parentPid), command };
  } catch {
    return undefined;
  }
}
