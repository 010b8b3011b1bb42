import { boundedAnswer, textForModel } from './tool-output.js';

const text = (value: string) => ({ content: [{ type: 'text', text: value }] });

describe("a tool's answer", () => {
  it('is its text for the model, one block after the other', () => {
    expect(textForModel({ content: [...text('a').content, ...text('b').content] }, 100)).toBe('a\nb');
  });

  it('is cut with a remark, and not inside a character', () => {
    const cut = textForModel(text(`${'x'.repeat(9)}🙂 and more`), 10);
    expect(cut).toMatch(/^x{9}\n\[cut: 11 of 20 characters left out\]$/);
  });

  it('tells of pictures and files without their bytes', () => {
    const data = 'A'.repeat(4_096);
    const shown = textForModel({ content: [{ type: 'image', mimeType: 'image/png', data }] }, 1_000);
    expect(shown).toBe('[image, image/png, 3 KiB; shown to the user]');
    const file = { type: 'resource', resource: { uri: 'file:///a', text: 'inside' } };
    expect(textForModel({ content: [file] }, 1_000)).toBe('inside');
  });

  it('falls back to structured content, and says when there is nothing', () => {
    expect(textForModel({ content: [], structuredContent: { n: 1 } }, 100)).toBe('{"n":1}');
    expect(textForModel({ content: [] }, 100)).toBe('(the tool returned no content)');
  });

  it('is stored unchanged, unless it is larger than a conversation should carry', () => {
    const small = text('x');
    expect(boundedAnswer(small)).toBe(small);
    const large = { ...text('y'.repeat(600 * 1024)), isError: true };
    const stored = boundedAnswer(large);
    expect(JSON.stringify(stored).length).toBeLessThan(70 * 1024);
    expect(stored.isError).toBe(true);
  });
});
