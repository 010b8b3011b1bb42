import { sendsMessage, togglesChat } from './keys.js';

const key = (facts: Partial<Parameters<typeof sendsMessage>[0]>) => ({
  key: 'Enter',
  code: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...facts,
});

describe('sendsMessage', () => {
  it('is Enter', () => expect(sendsMessage(key({}))).toBe(true));
  it('is not the Enter that chooses a character', () => expect(sendsMessage(key({ isComposing: true }))).toBe(false));
  it('is not that Enter in Safari either', () => expect(sendsMessage(key({ keyCode: 229 }))).toBe(false));
  it('is not the Enter of a new line', () => expect(sendsMessage(key({ shiftKey: true }))).toBe(false));
  it('is no other key', () => expect(sendsMessage(key({ key: 'a' }))).toBe(false));
});

describe('togglesChat', () => {
  it('is Alt+Shift+M, whatever a Mac writes for it', () => {
    expect(togglesChat(key({ key: 'Â', code: 'KeyM', altKey: true, shiftKey: true }))).toBe(true);
  });
  it('is nothing less or more', () => {
    expect(togglesChat(key({ code: 'KeyM', altKey: true }))).toBe(false);
    expect(togglesChat(key({ code: 'KeyM', altKey: true, shiftKey: true, ctrlKey: true }))).toBe(false);
  });
});
