import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';

import { isInlineImage, linkTarget } from './links.js';

/** Words that the rendering itself adds around foreign text. */
export interface MarkdownLabels {
  copy: string;
  code: string;
  table: string;
}

/**
 * Foreign Markdown as an element that cannot run anything, fetch anything or pose as a part of the widget.
 *
 * The parser's tokens become DOM nodes of a closed set of tags, whose only foreign attributes are checked addresses. No
 * foreign text ever meets an HTML parser, so there is nothing to sanitise, and the host may require Trusted Types.
 */
export function renderMarkdown(text: string, labels: MarkdownLabels): HTMLElement {
  const tokens = new Lexer({ gfm: true, breaks: true }).lex(text);
  return create('div', 'md', nodesOf(tokens, labels));
}

/** A code block that is still being written: text, no parser. */
export const renderOpenCode = (code: string, language: string, labels: MarkdownLabels): HTMLElement =>
  create('div', 'md', [codeBlock(code, language, labels)]);

/** Every element that foreign text can become. */
type Tag =
  | 'a' | 'blockquote' | 'br' | 'button' | 'code' | 'del' | 'div' | 'em' | 'h1' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6' | 'hr' | 'img'
  | 'li' | 'ol' | 'p' | 'pre' | 'span' | 'strong' | 'table' | 'tbody' | 'td' | 'th' | 'thead' | 'tr' | 'ul'; // prettier-ignore

function create<T extends Tag>(tag: T, className: string, children: (Node | string)[]): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

const nodesOf = (tokens: Token[] | undefined, labels: MarkdownLabels): (Node | string)[] =>
  (tokens ?? []).map((token) => nodeOf(token as MarkedToken, labels));

/** A token of a kind that is not known is shown as it was written. */
function nodeOf(token: MarkedToken, labels: MarkdownLabels): Node | string {
  switch (token.type) {
    case 'paragraph':
      return create('p', '', nodesOf(token.tokens, labels));
    case 'heading':
      return create(`h${Math.min(6, token.depth)}` as 'h1', '', nodesOf(token.tokens, labels));
    case 'blockquote':
    case 'strong':
    case 'em':
    case 'del':
      return create(token.type, '', nodesOf(token.tokens, labels));
    case 'hr':
    case 'br':
      return create(token.type, '', []);
    case 'code':
      return codeBlock(token.text, token.lang ?? '', labels);
    case 'codespan':
      return create('code', '', [token.text]);
    case 'list':
      return list(token, labels);
    case 'table':
      return table(token, labels);
    case 'link':
      return link(token.href, nodesOf(token.tokens, labels));
    case 'image':
      return image(token);
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'space':
    case 'def':
      return '';
    case 'html':
      return /^<br\s*\/?>$/i.test(token.text) ? create('br', '', []) : token.text;
    case 'text':
      return token.tokens ? create('span', '', nodesOf(token.tokens, labels)) : decoded(token.text);
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

function list(token: Tokens.List, labels: MarkdownLabels): HTMLElement {
  const items = token.items.map((item) => create('li', '', nodesOf(item.tokens, labels)));
  const element = create(token.ordered ? 'ol' : 'ul', '', items);
  if (token.ordered && typeof token.start === 'number') element.setAttribute('start', String(token.start));
  return element;
}

function table(token: Tokens.Table, labels: MarkdownLabels): HTMLElement {
  const row = (tag: 'td' | 'th') => (cells: Tokens.TableCell[]) =>
    create(
      'tr',
      '',
      cells.map((cell) => create(tag, cell.align ?? '', nodesOf(cell.tokens, labels))),
    );
  const head = create('thead', '', [row('th')(token.header)]);
  const body = create('tbody', '', token.rows.map(row('td')));
  return scrollable(create('div', 'scroll', [create('table', '', [head, body])]), labels.table);
}

/** A link opens outside the host page, without a way back, and names the host that it really leads to. */
function link(href: string, children: (Node | string)[]): HTMLElement {
  const target = linkTarget(decoded(href));
  if (!target) return create('span', '', children);
  const anchor = create('a', '', children);
  anchor.href = target.href;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  const namesHost = !target.host || anchor.textContent?.startsWith(target.origin);
  return namesHost ? anchor : create('span', '', [anchor, create('span', 'host', [` ${target.host}`])]);
}

/** A picture is shown when its bytes came along; a remote one is a link, for loading it would tell its owner who reads. */
function image(token: Tokens.Image): HTMLElement {
  if (!isInlineImage(token.href)) return link(token.href, [token.text || token.href]);
  const picture = create('img', '', []);
  picture.src = token.href;
  picture.alt = token.text;
  return picture;
}

function codeBlock(code: string, language: string, labels: MarkdownLabels): HTMLElement {
  const copy = create('button', 'copy', [labels.copy]);
  copy.type = 'button';
  copy.dataset['copy'] = '';
  const head = create('div', 'code-head', [create('span', '', [language.slice(0, 20)]), copy]);
  return create('div', 'code', [head, scrollable(create('pre', '', [create('code', '', [code])]), labels.code)]);
}

/** What scrolls must be reachable by keyboard and have a name. */
function scrollable(element: HTMLElement, label: string): HTMLElement {
  element.tabIndex = 0;
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', label);
  return element;
}

const ENTITIES: Partial<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Text with its character references read, as Markdown asks (CommonMark §6.2); names beyond the usual stay as written. */
const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (written, decimal?: string, hex?: string, name = '') => {
    if (!decimal && !hex) return ENTITIES[String(name)] ?? written;
    const point = decimal ? Number(decimal) : parseInt(hex ?? '', 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  });
