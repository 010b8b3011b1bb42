import fc from 'fast-check';

import { appendMarkdown, blocksText, NO_BLOCKS, openFence, type MarkdownBlocks } from './markdown-blocks.js';

const stream = (text: string, size: number): MarkdownBlocks => {
  let blocks = NO_BLOCKS;
  for (let at = 0; at < text.length; at += size) blocks = appendMarkdown(blocks, text.slice(at, at + size));
  return blocks;
};
const whole = (text: string) => appendMarkdown(NO_BLOCKS, text);

describe('appendMarkdown', () => {
  it('seals a paragraph as soon as the next one has begun', () => {
    expect(whole('One.\n\nT')).toEqual({ sealed: ['One.\n\n'], tail: 'T' });
    expect(whole('One.\n\n')).toEqual({ sealed: [], tail: 'One.\n\n' });
  });

  it('keeps blank lines inside a code fence in one block', () => {
    const code = '```js\na();\n\nb();\n```\n';
    expect(whole(`${code}After`)).toEqual({ sealed: [code], tail: 'After' });
  });

  it('begins a block at a fence that follows a paragraph directly', () => {
    expect(whole('Look:\n```\ncode')).toEqual({ sealed: ['Look:\n'], tail: '```\ncode' });
  });

  it('does not close a fence with a shorter one, or with one that carries text', () => {
    const open = '````\n```\n\n````x\n\n';
    expect(whole(open)).toEqual({ sealed: [], tail: open });
  });

  it('keeps a loose list together, so that its numbers go on', () => {
    const list = '1. one\n\n2. two\n\n   more of two\n\n';
    expect(whole(`${list}3`).sealed).toEqual([]);
    expect(whole(`${list}3 apples`).sealed).toEqual([list]);
    expect(whole(`${list}End`).sealed).toEqual([list]);
  });

  it('keeps indented text with what it belongs to', () => {
    expect(whole('    code\n\n    more\n').sealed).toEqual([]);
  });

  it('loses and invents nothing, and cuts alike whatever the chunk sizes', () => {
    const line = fc.constantFrom(
      'text',
      '- item',
      '1. item',
      '12',
      '```',
      '````',
      '~~~ts',
      '    code',
      '  - sub',
      '> q',
      '|a|b|',
      '',
      '',
      '# h',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.integer({ min: 1, max: 17 }), (lines, size) => {
        const text = lines.join('\n');
        const chunked = stream(text, size);
        expect(blocksText(chunked)).toBe(text);
        expect(stream(`${text}\nEnd\n`, size)).toEqual(stream(`${text}\nEnd\n`, 1));
      }),
    );
  });

  it('does not seal anything twice', () => {
    const once = whole('A\n\nB\n\nC');
    const more = appendMarkdown(once, 'D\n\nE');
    expect(more.sealed.slice(0, once.sealed.length)).toEqual(once.sealed);
  });
});

describe('openFence', () => {
  it('reads the language and body of a fence still open', () => {
    expect(openFence('```ts\nlet a;\n')).toEqual({ language: 'ts', code: 'let a;\n' });
  });

  it('leaves a closed fence, and ordinary text, to the parser', () => {
    expect(openFence('```ts\nlet a;\n```')).toBeUndefined();
    expect(openFence('plain')).toBeUndefined();
    expect(openFence('```ts')).toBeUndefined();
  });
});
