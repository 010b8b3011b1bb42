const PINNED = /@sha256:[0-9a-f]{64}$/;

/** Options of `run` that stand alone, of docker, podman and nerdctl. */
const FLAGS = new Set(
  [
    ...['detach', 'disable-content-trust', 'init', 'interactive', 'no-healthcheck', 'no-hostname', 'no-hosts'],
    ...['oom-kill-disable', 'privileged', 'publish-all', 'quiet', 'read-only', 'replace', 'rm', 'rmi', 'sig-proxy'],
    ...['tls-verify', 'tty', 'use-api-socket'],
  ].map((name) => `--${name}`),
);

/** Options of `run` whose value is a word of its own. */
const VALUED = new Set(
  [
    ...['add-host', 'annotation', 'attach', 'blkio-weight', 'cap-add', 'cap-drop', 'cgroup-parent', 'cgroupns'],
    ...['cidfile', 'cpu-period', 'cpu-quota', 'cpu-shares', 'cpus', 'cpuset-cpus', 'cpuset-mems', 'device', 'dns'],
    ...['dns-option', 'dns-search', 'domainname', 'entrypoint', 'env', 'env-file', 'expose', 'gpus', 'group-add'],
    ...['hostname', 'ip', 'ip6', 'ipc', 'isolation', 'label', 'label-file', 'link', 'log-driver', 'log-opt'],
    ...['mac-address', 'memory', 'memory-reservation', 'memory-swap', 'mount', 'name', 'net', 'network'],
    ...['network-alias', 'oom-score-adj', 'pid', 'pids-limit', 'platform', 'pod', 'publish', 'pull', 'restart'],
    ...['runtime', 'secret', 'security-opt', 'shm-size', 'stop-signal', 'stop-timeout', 'sysctl', 'timeout', 'tmpfs'],
    ...['ulimit', 'user', 'userns', 'uts', 'volume', 'volume-driver', 'volumes-from', 'workdir'],
  ].map((name) => `--${name}`),
);

const SHORT_FLAGS = 'itdPq';
const SHORT_VALUED = 'acehlmpuvw';

/**
 * Whether a container is made of an image that is only named, so that another may come tomorrow. An option that is not
 * known here hides which word is the image, and counts as if; written as `--option=value` it never does.
 */
export function runsUnpinnedImage(args: readonly string[]): boolean {
  if (args.includes('compose')) return args.some((word) => ['up', 'run', 'create'].includes(word));
  const at = args.findIndex((word) => word === 'run' || word === 'create');
  return at !== -1 && !PINNED.test(imageAmong(args.slice(at + 1)) ?? '');
}

/** The first word that is neither an option nor the value of one; undefined where that cannot be told. */
function imageAmong(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === '--') return words[at + 1];
    if (!word.startsWith('-')) return word;
    const length = word.startsWith('--') ? longOption(word) : shortOptions(word);
    if (length === undefined) return undefined;
    at += length - 1;
  }
  return undefined;
}

/** Of how many words an option consists; undefined for one that is not known. */
function longOption(word: string): 1 | 2 | undefined {
  if (word.includes('=') || FLAGS.has(word)) return 1;
  return VALUED.has(word) ? 2 : undefined;
}

/** The same of several behind one dash, such as `-itp 80:80`. */
function shortOptions(word: string): 1 | 2 | undefined {
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at];
    if (SHORT_VALUED.includes(letter)) return at === word.length - 1 ? 2 : 1;
    if (!SHORT_FLAGS.includes(letter)) return undefined;
  }
  return 1;
}
