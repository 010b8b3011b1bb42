import { access, open, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';

/** A command line as it would be started. */
export interface Started {
  /** Where the program was found; may be a link. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** A file that a command line names, and where its links end. */
export interface NamedFile {
  readonly named: string;
  readonly real: string;
}

export interface WhatRuns {
  /** In the order of the command line. */
  readonly files: readonly NamedFile[];
  /** Packages that these files lie in, as real paths, sorted; none lies within another. */
  readonly folders: readonly string[];
}

const LOCKS = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'uv.lock',
  'poetry.lock',
];
const PACKAGES = ['package.json', 'pyproject.toml', 'pyvenv.cfg'];
/** What makes a folder something that an interpreter runs. */
const STARTS = ['package.json', 'index.js', '__main__.py'];
/** How Node completes the name of a file. */
const ENDINGS = ['', '.js', '.json', '.node'];
const MODULES = `${sep}node_modules${sep}`;

/**
 * What a command runs, as far as its line tells: the program, every argument that names a file, and the packages that
 * these lie in, with the lock and everything that is installed beside it. A program that is no script, such as `node`,
 * counts by itself: what lies around it is not what it runs. What a program loads from elsewhere by itself is not seen.
 */
export async function whatRuns({ file, args, cwd }: Started): Promise<WhatRuns> {
  const program = { named: file, real: await realpath(file) };
  const isScript = await startsWithHashBang(program.real);
  const given = (await Promise.all(args.flatMap(wordsOf).map((word) => fileNamed(resolve(cwd, word))))).filter(
    (each) => each !== undefined,
  );
  const inPackages = isScript ? [program, ...given] : given;
  const folders = await Promise.all([
    ...inPackages.flatMap(({ named, real }) => [packageOf(named), packageOf(real)]),
    isScript ? undefined : environmentOf(program.named),
    isScript ? undefined : folderRun(args, cwd),
  ]);
  return { files: [program, ...given], folders: await outermost(folders.filter((each) => each !== undefined)) };
}

/** An argument, and what stands behind the `=` of an option. */
const wordsOf = (word: string): string[] => {
  const value = /^-[^=]*=(.+)$/s.exec(word)?.[1];
  return value === undefined ? [word] : [word, value];
};

async function fileNamed(path: string): Promise<NamedFile | undefined> {
  for (const ending of ENDINGS) {
    const named = `${path}${ending}`;
    if (await isFile(named)) return { named, real: await realpath(named) };
  }
  return undefined;
}

/** `node /srv/server`, `python .`: the folder itself is what runs. */
async function folderRun(args: readonly string[], cwd: string): Promise<string | undefined> {
  const first = args.find((word) => !word.startsWith('-'));
  if (first === undefined || !(await holdsAny(resolve(cwd, first), STARTS))) return undefined;
  return packageOf(join(resolve(cwd, first), STARTS[0]));
}

/** The virtual environment whose interpreter this is, or the project around it. */
const environmentOf = async (program: string): Promise<string | undefined> =>
  (await holdsAny(dirname(dirname(program)), ['pyvenv.cfg'])) ? packageOf(program) : undefined;

/**
 * The folder with the nearest lock above, else the nearest package. A package below `node_modules` may bring a lock of
 * its own, which says nothing of what is installed beside it: that of the project counts.
 */
async function packageOf(path: string): Promise<string | undefined> {
  const inside = path.indexOf(MODULES);
  const project = inside === -1 ? dirname(path) : path.slice(0, inside) || sep;
  const locked = await nearest(project, LOCKS);
  if (locked !== undefined) return locked;
  if (inside !== -1 && (await holdsAny(project, PACKAGES))) return project;
  return nearest(dirname(path), PACKAGES);
}

async function nearest(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    if (await holdsAny(at, names)) return at;
    if (at === dirname(at)) return undefined;
  }
}

async function outermost(folders: readonly string[]): Promise<string[]> {
  const real = [...new Set(await Promise.all(folders.map((folder) => realpath(folder))))].sort();
  return real.filter((folder) => !real.some((other) => other !== folder && isWithin(folder, other)));
}

export const isWithin = (path: string, folder: string): boolean =>
  path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

async function holdsAny(folder: string, names: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    names.map((name) =>
      access(join(folder, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

async function startsWithHashBang(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') === '#!';
  } finally {
    await handle.close();
  }
}
