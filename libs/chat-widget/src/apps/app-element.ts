import { AppCard, type ShownApp } from './app-card.js';
import { APP_STYLES } from './app-styles.js';

/** `<gatehouse-app>`: the app of a tool call inside the chat. The chat sets `shown` at every painting. */
export class AppElement extends HTMLElement {
  #shown: ShownApp | undefined;
  #card: AppCard | undefined;
  #running = '';

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(APP_STYLES);
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
    this.#adoptEarly();
  }

  set shown(shown: ShownApp) {
    this.#shown = shown;
    if (this.isConnected) this.#start();
  }

  connectedCallback(): void {
    this.#start();
  }

  disconnectedCallback(): void {
    this.#card?.end();
    this.#running = '';
  }

  /** The chat may have set the property before this class was loaded; then it hides the setter. */
  #adoptEarly(): void {
    const early = Object.getOwnPropertyDescriptor(this, 'shown')?.value as ShownApp | undefined;
    if (!early) return;
    Reflect.deleteProperty(this, 'shown');
    this.shown = early;
  }

  /** Another call in the same place is another app; another painting of the same call is nothing new. */
  #start(): void {
    const { call, context } = this.#shown ?? {};
    const root = this.shadowRoot;
    if (!call || !context || !root) return;
    const key = `${context.session.conversationId} ${call.toolCallId}`;
    if (key === this.#running) return;
    this.#card?.end();
    this.#running = key;
    this.#card = new AppCard(root, { call, context });
    void this.#card.run();
  }
}
