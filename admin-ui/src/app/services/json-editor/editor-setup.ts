import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { linter, lintGutter } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, drawSelection, keymap, lineNumbers } from '@codemirror/view';

export interface EditorHandle {
  /** Replaces the whole text, unless it is the same. */
  show(text: string): void;
  focus(): void;
  destroy(): void;
}

const look = EditorView.theme({
  '&': { color: 'var(--gh-text)', backgroundColor: 'var(--gh-surface)', fontSize: '13px' },
  '.cm-content': { fontFamily: 'var(--gh-mono)', caretColor: 'var(--gh-text)', minHeight: '160px' },
  '.cm-cursor': { borderLeftColor: 'var(--gh-text)' },
  '.cm-scroller': { maxHeight: '420px' },
  '.cm-gutters': {
    color: 'var(--gh-muted)',
    backgroundColor: 'var(--gh-surface-2)',
    borderRight: '1px solid var(--gh-border)',
  },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--gh-primary-soft)' },
});

export interface EditorOptions {
  text: string;
  /** What the JSON is, for screen readers. */
  label: string;
  /** Of the page's content security policy; the editor brings a style sheet of its own. */
  nonce: string | null;
  changed: (text: string) => void;
}

/** Opens a JSON editor. Tab leaves it, as everywhere on the page: nobody is trapped in it. */
export function openEditor(parent: HTMLElement, { text, label, nonce, changed }: EditorOptions): EditorHandle {
  const extensions: Extension[] = [
    lineNumbers(),
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    json(),
    linter(quietOnEmpty),
    lintGutter(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString());
    }),
    look,
    ...(nonce ? [EditorView.cspNonce.of(nonce)] : []),
  ];
  const view = new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) });
  return {
    show: (next) => {
      const doc = view.state.doc.toString();
      if (doc !== next) view.dispatch({ changes: { from: 0, to: doc.length, insert: next } });
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

const parse = jsonParseLinter();
const quietOnEmpty = (view: EditorView) => (view.state.doc.toString().trim() ? parse(view) : []);
