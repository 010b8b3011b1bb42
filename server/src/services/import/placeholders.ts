/**
 * What guides write where a value of one's own belongs: VS Code's `${input:id}`, variables of a shell or a client,
 * `<your-key>`, `{{key}}`, `YOUR_API_KEY`, `xxxx`.
 */
const PLACEHOLDERS = [
  /\$\{[^}]+\}/,
  /\{\{[^}]+\}\}/,
  /<[A-Za-z][\w .:/-]*>/,
  /^\$[A-Z_][A-Z0-9_]*$/,
  /\byour[-_ ][\w-]+/i,
  /^[x*•.]{3,}$/i,
  /\/path\/to\/[\w./-]*/,
];

/** The first placeholder in a value; undefined for a value that can be used as it is. */
export function placeholderIn(value: string): string | undefined {
  for (const pattern of PLACEHOLDERS) {
    const found = pattern.exec(value);
    if (found) return found[0];
  }
  return undefined;
}
