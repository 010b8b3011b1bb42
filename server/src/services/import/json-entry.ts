import type { Node } from 'jsonc-parser';
import { unwrapped } from './command-words.js';
import { problem, type Problem } from './problems.js';
import type { Located, LocatedSetting, Sighting } from './sighting.js';
import { wordsOf } from './words.js';

/** How different clients spell the same fields. */
const FIELDS = {
  type: ['type', 'transport', 'transportType', 'transport_type'],
  command: ['command', 'cmd'],
  args: ['args', 'arguments'],
  env: ['env', 'environment', 'envs'],
  cwd: ['cwd', 'workingDirectory'],
  url: ['url', 'serverUrl', 'server_url', 'httpUrl', 'baseUrl', 'endpoint'],
  headers: ['headers', 'http_headers', 'requestHeaders'],
  name: ['name', 'title'],
  description: ['description'],
  off: ['disabled'],
  on: ['enabled', 'isActive', 'active'],
} as const;

/** Settings of clients that mean nothing to a gateway and are no loss. */
const SILENTLY_LEFT_OUT = new Set(
  (
    '$schema id icon iconUrl logoUrl version tags timeout autoApprove alwaysAllow ' +
    'trust gallery source provider dev tools longRunning registryUrl'
  ).split(' '),
);

/** Whether an object can be nothing but one service. */
export const looksLikeEntry = (node: Node): boolean =>
  node.type === 'object' &&
  [...FIELDS.command, ...FIELDS.url].some((field) => ['string', 'array'].includes(property(node, field)?.type ?? ''));

/** The value of a property, the last one where it comes twice. */
export const property = (node: Node, name: string): Node | undefined =>
  node.children?.findLast((each) => each.children?.[0]?.value === name)?.children?.[1];

/** Reads the object of one service. */
export function readEntry(node: Node, name: string | undefined): Sighting {
  const problems: Problem[] = [];
  const reader = new FieldReader(node, problems);
  const program = reader.command();
  const written = reader.list(FIELDS.args);
  const { command, args, problems: wrapping } = unwrapped(program, written);
  problems.push(...wrapping);
  const ownName = reader.text(FIELDS.name)?.value;
  const enabled = reader.flag(FIELDS.on);
  const disabled = reader.flag(FIELDS.off);
  const sighting: Sighting = {
    name: name ?? ownName ?? '',
    offset: node.offset,
    end: node.offset + node.length,
    ...optional('type', reader.text(FIELDS.type)),
    ...optional('command', command),
    args,
    ...optional('cwd', reader.text(FIELDS.cwd)),
    env: reader.settings(FIELDS.env),
    ...optional('url', reader.text(FIELDS.url)),
    headers: reader.settings(FIELDS.headers),
    ...optional('description', reader.text(FIELDS.description)?.value),
    ...optional('enabled', disabled === undefined ? enabled : !disabled),
    problems,
  };
  reader.complainAboutTheRest();
  return sighting;
}

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };

/** Reads the fields of one object by any of their spellings, and notes what does not fit. */
class FieldReader {
  private readonly read = new Set<string>();

  constructor(
    private readonly node: Node,
    private readonly problems: Problem[],
  ) {}

  text(names: readonly string[]): Located | undefined {
    const found = this.find(names);
    return found && this.asText(found.node, found.name);
  }

  flag(names: readonly string[]): boolean | undefined {
    const value: unknown = this.find(names)?.node.value;
    return typeof value === 'boolean' ? value : undefined;
  }

  list(names: readonly string[]): Located[] {
    const found = this.find(names);
    if (!found) return [];
    if (found.node.type !== 'array') {
      this.problems.push(problem('list_expected', found.node.offset, { field: found.name }));
      return [];
    }
    return (found.node.children ?? []).flatMap((each) => this.asText(each, found.name) ?? []);
  }

  settings(names: readonly string[]): LocatedSetting[] {
    const found = this.find(names);
    if (!found) return [];
    if (found.node.type !== 'object') {
      this.problems.push(problem('object_expected', found.node.offset, { field: found.name }));
      return [];
    }
    return (found.node.children ?? []).flatMap((each) => {
      const [key, value] = each.children ?? [];
      if (!key || !value || value.type === 'null') return [];
      const text = this.asText(value, String(key.value));
      return text ? [{ ...text, name: String(key.value) }] : [];
    });
  }

  /** A command as one text, as one text with its arguments in it, or as a list; first the program. */
  command(): Located[] {
    const found = this.find(FIELDS.command);
    if (!found) return [];
    if (found.node.type === 'array') {
      return (found.node.children ?? []).flatMap((each) => this.asText(each, found.name) ?? []);
    }
    const text = this.asText(found.node, found.name);
    if (!text || !/\s/.test(text.value.trim()) || this.has(FIELDS.args)) return text ? [text] : [];
    this.problems.push(problem('command_split', text.offset));
    return wordsOf(text.value, 0).words.map(({ value }) => ({ value, offset: text.offset }));
  }

  complainAboutTheRest(): void {
    for (const { children } of this.node.children ?? []) {
      const key = children?.[0];
      const field = String(key?.value);
      if (!key || this.read.has(field) || SILENTLY_LEFT_OUT.has(field)) continue;
      this.problems.push(problem('field_ignored', key.offset, { field }));
    }
  }

  private has(names: readonly string[]): boolean {
    return names.some((name) => property(this.node, name) !== undefined);
  }

  private find(names: readonly string[]): { name: string; node: Node } | undefined {
    for (const name of names) this.read.add(name);
    for (const name of names) {
      const node = property(this.node, name);
      if (node && node.type !== 'null') return { name, node };
    }
    return undefined;
  }

  private asText(node: Node, field: string): Located | undefined {
    if (node.type === 'string') return { value: String(node.value), offset: node.offset };
    if (node.type === 'number' || node.type === 'boolean') {
      this.problems.push(problem('made_text', node.offset, { field }));
      return { value: String(node.value), offset: node.offset };
    }
    this.problems.push(problem('text_expected', node.offset, { field }));
    return undefined;
  }
}
