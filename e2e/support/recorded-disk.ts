import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { DiskRecorder, RECORDED_CALLS, SystemCallReader, waitFor, type Remains } from '@gatehouse/testing';

const run = promisify(execFile);
/** More than the product writes at once. */
const LONGEST_WRITE_BYTES = 1024 * 1024;
/** Long enough for the last line of strace. */
const TAIL_BYTES = 200;

/** Whether strace is here and may be used. */
export const canRecord = (): Promise<boolean> =>
  run('strace', ['-f', '-o', '/dev/null', '-e', 'trace=fsync', process.execPath, '--version']).then(
    () => true,
    () => false,
  );

/** Command that starts another one, becomes it, and has all that it writes recorded in `log`. */
export const recordedInto = (log: string): readonly string[] => [
  'strace',
  // The recorder is the grandchild, so that the process is ours.
  '-D',
  '-f',
  '--seccomp-bpf',
  '-yy',
  '-xx',
  ...['-s', String(LONGEST_WRITE_BYTES)],
  ...['-e', `trace=${RECORDED_CALLS}`],
  ...['-o', log],
];

/** What the process `pid`, which has ended, did to `folder`, which was empty, and what it said to others. */
export async function readRecording(log: string, pid: number, folder: string): Promise<DiskRecorder> {
  // Numbers of fewer than five digits are filled up with blanks.
  const isEnd = new RegExp(`\\n${pid} +\\+\\+\\+ `);
  await waitFor('the end of the recording', async () => isEnd.test(await tailOf(log)));
  // Shared memory does not outlive the machine, and nobody reads it from the file.
  const recorder = new DiskRecorder(folder, (path) => path.endsWith('-shm'));
  const calls = new SystemCallReader();
  for await (const line of createInterface({ input: createReadStream(log), crlfDelay: Infinity })) {
    const call = calls.read(line);
    if (call) recorder.add(call);
  }
  return recorder;
}

/** Puts what is left into a folder, which may be missing. */
export async function putBack({ folders, files }: Remains, into: string): Promise<void> {
  for (const folder of ['.', ...folders]) await mkdir(join(into, folder), { recursive: true, mode: 0o700 });
  for (const [path, bytes] of files) await writeFile(join(into, path), bytes, { mode: 0o600 });
}

async function tailOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(TAIL_BYTES),
      0,
      TAIL_BYTES,
      Math.max(0, size - TAIL_BYTES),
    );
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
