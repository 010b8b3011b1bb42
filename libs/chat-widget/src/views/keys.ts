type Key = Pick<
  KeyboardEvent,
  'key' | 'code' | 'keyCode' | 'isComposing' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'
>;

/**
 * Whether a key press sends the message: Enter, unless it makes a new line (Shift) or ends the choice of a character.
 * Safari ends the composition before the key arrives and marks it only by the code 229.
 */
export const sendsMessage = (event: Key): boolean =>
  event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.isComposing && event.keyCode !== 229;

/** Alt+Shift+M; by its place on the keyboard, because with Alt a Mac writes another character. */
export const togglesChat = (event: Key): boolean =>
  event.code === 'KeyM' && event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey;
