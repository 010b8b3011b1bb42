export type Children = Node[];

/** An element with its properties and children set. Text is always set as text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  children: Children = [],
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function button(label: string, onClick: (event: Event) => void): HTMLButtonElement {
  const made = element('button', { type: 'button', textContent: label });
  made.addEventListener('click', onClick);
  return made;
}
