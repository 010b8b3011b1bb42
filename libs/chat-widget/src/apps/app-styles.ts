/** Colours and radius are inherited from the chat (`--_…`). */
export const APP_STYLES = `
  :host { display: block; border-block-start: 1px solid var(--_line); }
  [hidden] { display: none !important; }
  .app { margin: 0; padding: 0; border: 0; inline-size: auto; block-size: auto; background: var(--_bg); color: var(--_fg); }
  .app:popover-open { position: fixed; inset: 0; inline-size: 100%; block-size: 100%; display: flex; flex-direction: column; }
  .app:popover-open .place { flex: 1; block-size: auto; }
  .bar { display: flex; align-items: center; gap: 8px; padding: 4px 10px; font-size: 12px; color: var(--_muted); }
  .bar .name { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .place { position: relative; block-size: 280px; }
  iframe { display: block; inline-size: 100%; block-size: 100%; border: 0; background: #fff; color-scheme: light; }
  p { margin: 0; padding: 8px 10px; }
  .ask { padding: 8px 10px; border-block-start: 1px solid var(--_line); background: var(--_tint); }
  .ask p { padding: 0 0 6px; }
  .ask pre { margin: 0 0 8px; max-block-size: 140px; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; font-weight: 600; }
  button { font: inherit; padding: 4px 10px; margin-inline-end: 6px; border: 1px solid var(--_line); border-radius: var(--_small); background: var(--_bg); color: var(--_fg); cursor: pointer; min-block-size: 28px; }
  button.main { background: var(--_accent); border-color: var(--_accent); color: var(--_on-accent); }
  button:focus-visible, pre:focus-visible { outline: 2px solid var(--_accent); outline-offset: 1px; }
`;
