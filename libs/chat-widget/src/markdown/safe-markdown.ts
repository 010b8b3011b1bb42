import createPurifier, { type Config } from 'dompurify';
import { Marked, type Tokens } from 'marked';

/** Words that the rendering itself adds around foreign text. */
export interface MarkdownLabels {
  copy: string;
  image: string;
  code: string;
  table: string;
}

const INLINE_IMAGE = /^data:image\/(png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Raw HTML in a model's answer is shown as the text it is; only a line break is obeyed. */
const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }: Tokens.HTML | Tokens.Tag) => (/^<br\s*\/?>\s*$/i.test(text) ? '<br>' : escapeHtml(text)),
    checkbox: ({ checked }: Tokens.Checkbox) => (checked ? '☑ ' : '☐ '),
    image({ href, text }: Tokens.Image) {
      if (isInlineImage(href)) return `<img src="${escapeHtml(href)}" alt="${escapeHtml(text)}">`;
      return `<a href="${escapeHtml(href)}">${escapeHtml(text || href)}</a>`;
    },
  },
});

const POLICY: Config & { RETURN_DOM_FRAGMENT: true } = {
  // prettier-ignore
  ALLOWED_TAGS: ['a', 'b', 'blockquote', 'br', 'code', 'del', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'img', 'li',
    'ol', 'p', 'pre', 'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'start', 'align'],
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:)/i,
  ADD_URI_SAFE_ATTR: ['start', 'align'],
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const purifier = createPurifier(window);
purifier.addHook('uponSanitizeAttribute', (_node, attribute) => {
  if (attribute.attrName === 'src') attribute.keepAttr = isInlineImage(attribute.attrValue);
});

/** Whether an image may be shown: bytes that came with the text, in a format that cannot carry script. */
export const isInlineImage = (url: string): boolean => INLINE_IMAGE.test(url);

/** The address as a link may carry it, or nothing when following it could run code or leave the web. */
export function linkTarget(url: string): URL | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed && /^(https?|mailto):$/.test(parsed.protocol) ? parsed : undefined;
}

/**
 * Foreign Markdown as an element that cannot run anything, fetch anything or look like a part of the widget.
 * Sanitising is the last step over foreign markup; afterwards only our own nodes are added.
 */
export function renderMarkdown(text: string, labels: MarkdownLabels): HTMLElement {
  const body = document.createElement('div');
  body.className = 'md';
  body.append(purifier.sanitize(marked.parse(text, { async: false }), POLICY));
  body.querySelectorAll('a').forEach(dressLink);
  body.querySelectorAll('pre').forEach((block) => dressCode(block, labels));
  body.querySelectorAll('table').forEach((table) => dressTable(table, labels));
  return body;
}

/** A code block that is still being written: text, no parser. */
export function renderOpenCode(code: string, labels: MarkdownLabels): HTMLElement {
  const body = document.createElement('div');
  body.className = 'md';
  const block = document.createElement('pre');
  block.append(create('code', '', code));
  body.append(block);
  dressCode(block, labels);
  return body;
}

function create(tag: string, className: string, text = ''): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

/** Links open outside the host page and name the host they really lead to. */
function dressLink(link: HTMLAnchorElement): void {
  const target = linkTarget(link.getAttribute('href') ?? '');
  if (!target) {
    link.replaceWith(...link.childNodes);
    return;
  }
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  if (target.host && !link.textContent?.startsWith(target.origin))
    link.after(create('span', 'host', ` ${target.host}`));
}

function dressCode(block: HTMLElement, labels: MarkdownLabels): void {
  const frame = create('div', 'code');
  const copy = create('button', 'copy', labels.copy);
  copy.setAttribute('type', 'button');
  copy.dataset['copy'] = '';
  block.replaceWith(frame);
  frame.append(copy, scrollable(block, labels.code));
}

function dressTable(table: HTMLElement, labels: MarkdownLabels): void {
  const frame = create('div', 'scroll');
  table.replaceWith(frame);
  scrollable(frame, labels.table).append(table);
}

/** What scrolls must be reachable by keyboard and have a name. */
function scrollable(element: HTMLElement, label: string): HTMLElement {
  element.tabIndex = 0;
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', label);
  return element;
}
