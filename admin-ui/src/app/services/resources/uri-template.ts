/** The names of the variables of a URI template (RFC 6570), in order, each once. */
export function templateVariables(template: string): string[] {
  const names = [...template.matchAll(/\{[+#./;?&]?([^}]+)\}/g)].flatMap(([, list = '']) =>
    list.split(',').map((name) => name.replace(/(\*|:\d+)$/, '')),
  );
  return [...new Set(names)];
}

const PREFIX: Record<string, string> = { '': '', '+': '', '#': '#', '.': '.', '/': '/', ';': ';', '?': '?', '&': '&' };

/** Fills a URI template with texts; variables left empty are left out. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([+#./;?&]?)([^}]+)\}/g, (_, operator: string, list: string) => {
    const named = operator === '?' || operator === '&' || operator === ';';
    const encode = operator === '+' || operator === '#' ? encodeURI : encodeURIComponent;
    const filled = list
      .split(',')
      .map((name) => name.replace(/(\*|:\d+)$/, ''))
      .filter((name) => values[name])
      .map((name) => (named ? `${name}=${encode(values[name] ?? '')}` : encode(values[name] ?? '')));
    const separator =
      operator === '?' || operator === '&'
        ? '&'
        : operator === '' || operator === '+' || operator === '#'
          ? ','
          : operator;
    return filled.length ? `${PREFIX[operator] ?? ''}${filled.join(separator)}` : '';
  });
}
