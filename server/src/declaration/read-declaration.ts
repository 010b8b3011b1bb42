import { basename } from 'node:path';
import { AppError, ConfigError, validationPipe } from '../platform/index.js';
import { LIMIT_NAMES } from '../limits/index.js';
import { DeclarationFile, type DeclaredLimit } from './declaration-file.js';
import { limitKey } from './limit-key.js';
import { readYaml, type FileProblem, type YamlText } from './yaml-text.js';

/** A file that was understood. */
export interface Declaration {
  readonly content: DeclarationFile;
  /** Values that came from the environment. */
  readonly secrets: readonly string[];
  /** The start of a sentence about one part of the file: `gatehouse.yaml:12:5: services.0`. */
  readonly at: (path: string) => string;
}

/**
 * Reads and checks a declaration file.
 *
 * @throws {ConfigError} naming everything that is wrong, each with its line
 */
export async function readDeclaration(
  path: string,
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Declaration> {
  const name = basename(path);
  const yaml = readYaml(text, environment);
  refuse(name, yaml.problems);
  const content = await checked(yaml.value ?? {}, name, yaml);
  refuse(name, referenceProblems(content, yaml));
  return { content, secrets: yaml.secrets, at: (where) => sentenceStart(name, { ...yaml.place(where), path: where }) };
}

async function checked(value: unknown, name: string, yaml: YamlText): Promise<DeclarationFile> {
  try {
    const pipe = validationPipe();
    return (await pipe.transform(value, { type: 'body', metatype: DeclarationFile })) as DeclarationFile;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const fields = error.fields ?? [{ path: '', message: 'must be an object' }];
    refuse(
      name,
      fields.map((field) => ({ ...yaml.place(field.path), ...field })),
    );
    throw error;
  }
}

/** What no single part can tell by itself. */
function referenceProblems(content: DeclarationFile, yaml: YamlText): FileProblem[] {
  const problem = (path: string, message: string): FileProblem => ({ ...yaml.place(path), path, message });
  const grants = (content.grants ?? []).flatMap(({ group, user, everyone }, index) =>
    [group, user, everyone].filter((each) => each !== undefined).length === 1
      ? []
      : [problem(`grants.${index}`, 'must name exactly one of group, user and everyone')],
  );
  const limits = (content.limits ?? []).flatMap((limit, index) =>
    limitProblems(limit).map((message) => problem(`limits.${index}`, message)),
  );
  return [
    ...grants,
    ...limits,
    ...doubles(content.limits?.map(limitKey)).map((index) => problem(`limits.${index}`, 'comes twice')),
    ...doubles(content.services?.map(({ slug }) => slug)).map((index) =>
      problem(`services.${index}.slug`, 'comes twice'),
    ),
    ...doubles(content.groups?.map((group) => group.name)).map((index) =>
      problem(`groups.${index}.name`, 'comes twice'),
    ),
    ...doubles(content.users?.map(({ email }) => email.toLowerCase())).map((index) =>
      problem(`users.${index}.email`, 'comes twice'),
    ),
  ];
}

function limitProblems(limit: DeclaredLimit): string[] {
  const { everyone, group, user, service, tool } = limit;
  const problems: string[] = [];
  if ([everyone, group, user, service].filter((each) => each !== undefined).length !== 1)
    problems.push('must name exactly one of everyone, group, user and service');
  if (tool !== undefined && service === undefined) problems.push('must name the service of its tool');
  if (LIMIT_NAMES.every((name) => (limit[name] ?? null) === null))
    problems.push(`must set at least one of ${LIMIT_NAMES.join(', ')}`);
  return problems;
}

/** Positions of names that stand earlier in the list as well. */
const doubles = (names: readonly string[] = []): number[] =>
  names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));

function refuse(name: string, problems: readonly FileProblem[]): void {
  if (problems.length === 0) return;
  throw new ConfigError(problems.map((each) => `${sentenceStart(name, each)} ${withoutName(each)}`));
}

/** class-validator begins its sentences with the field's name, which the path has said already. */
function withoutName({ path, message }: FileProblem): string {
  const field = path.split('.').at(-1) ?? '';
  return message.replace(`${field} `, (start, offset: number) => (offset === 0 ? '' : start));
}

const sentenceStart = (name: string, { line, column, path }: Omit<FileProblem, 'message'>): string =>
  `${name}:${line}:${column}:${path && ` ${path}`}`;
