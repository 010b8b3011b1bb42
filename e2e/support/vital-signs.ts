import { readFile, readdir, readlink } from 'node:fs/promises';
import { descendantsOf, type RunningGatehouse } from '@gatehouse/testing';

/** What a process holds on to, and how its loop goes. */
export interface VitalSigns {
  rssMb: number;
  heapUsedMb: number;
  /** Open files, pipes and connections, but for those of its own callers, which come and go as these like. */
  descriptors: number;
  timers: number;
  children: number;
  /** The longest that its loop stood still since these were last read, ms. */
  loopMaxMs: number;
}

const MIB = 1024 * 1024;

export async function vitalSignsOf(gatehouse: RunningGatehouse): Promise<VitalSigns> {
  const metrics = await (await fetch(`${gatehouse.url}/metrics`)).text();
  const metric = (name: string): number =>
    Number(new RegExp(`^gatehouse_${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? 0);
  return {
    rssMb: Math.round(metric('process_resident_memory_bytes') / MIB),
    heapUsedMb: Math.round(metric('nodejs_heap_size_used_bytes') / MIB),
    descriptors: await ownDescriptors(gatehouse),
    timers: metric('nodejs_active_resources\\{type="Timeout"\\}'),
    children: (await descendantsOf(gatehouse.pid)).length,
    loopMaxMs: Math.round(metric('nodejs_eventloop_lag_max_seconds') * 1000),
  };
}

async function ownDescriptors({ pid, url }: RunningGatehouse): Promise<number> {
  const numbers = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(numbers.map((each) => readlink(`/proc/${pid}/fd/${each}`).catch(() => '')));
  const callers = await socketsOn(Number(new URL(url).port));
  return targets.filter((target) => target !== '' && !callers.has(target)).length;
}

/** Sockets of this machine whose own port is that one, by the names that procfs gives them. */
async function socketsOn(port: number): Promise<Set<string>> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const rows = (await readFile('/proc/net/tcp', 'utf8')).split('\n').map((row) => row.trim().split(/\s+/));
  return new Set(rows.filter(([, local]) => local?.endsWith(`:${hex}`)).map((row) => `socket:[${row[9]}]`));
}
