import { LineCounter, isScalar, parseDocument, visit, type Document, type Node } from 'yaml';

/** Something wrong in the file, and where; lines and columns from 1. */
export interface FileProblem {
  readonly line: number;
  readonly column: number;
  /** Dotted, as in `services.0.url`; empty for the syntax of the file. */
  readonly path: string;
  readonly message: string;
}

export interface YamlText {
  readonly value: unknown;
  readonly problems: readonly FileProblem[];
  /** Values that came from the environment. */
  readonly secrets: readonly string[];
  /** Where something is, or where the nearest thing around it is. */
  readonly place: (path: string) => { line: number; column: number };
}

/** `${NAME}`, `${NAME:-otherwise}`; `$${` is a plain `${`. */
const PLACEHOLDER = /\$\$\{|\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g;

/** Reads YAML and puts variables of the environment in, into values only: nothing from there can become structure. */
export function readYaml(text: string, environment: Readonly<Record<string, string | undefined>>): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const syntax = document.errors.map(({ pos, message }) => ({ ...at(pos[0]), path: '', message }));
  if (syntax.length > 0) return { value: null, problems: syntax, secrets: [], place: () => ({ line: 1, column: 1 }) };
  const problems: FileProblem[] = [];
  const secrets: string[] = [];
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value !== 'string') return;
      node.value = node.value.replace(PLACEHOLDER, (whole, name: string | undefined, otherwise: string | undefined) => {
        if (name === undefined) return '${';
        const value = environment[name] ?? otherwise;
        if (value === undefined) {
          problems.push({ ...at(node.range?.[0] ?? 0), path: '', message: `the environment has no variable ${name}` });
          return whole;
        }
        if (environment[name] !== undefined) secrets.push(value);
        return value;
      });
    },
  });
  return { value: document.toJS(), problems, secrets, place: (path) => at(offsetOf(document, path)) };
}

function offsetOf(document: Document, path: string): number {
  const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  for (let length = steps.length; length > 0; length -= 1) {
    const node = document.getIn(steps.slice(0, length), true) as Node | undefined;
    if (node?.range) return node.range[0];
  }
  return isScalar(document.contents) ? 0 : (document.contents?.range?.[0] ?? 0);
}
