import type { UsableTool } from '@gatehouse/api-client';
import { LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';

import { Announcer } from './conversation/announcer.js';
import { answerText, type AssistantMessage } from './conversation/conversation.js';
import type { FailureAct } from './conversation/stream-chunk.js';
import { ChatSession, type SessionEvent } from './session/chat-session.js';
import { TokenKeeper, type GetToken } from './session/embed-token.js';
import { gatewayAt } from './session/gateway.js';
import { styles } from './styles.js';
import { DICTIONARIES, languageFor, type Dictionary, type Language } from './text/dictionary.js';
import { collect, describeForm, draftOf, fieldPath, type Draft } from './tools/schema-form.js';
import { failureText } from './views/failure-card.js';
import { togglesChat } from './views/keys.js';
import { toolTitle } from './views/service-name.js';
import { shell } from './views/shell.js';
import {
  CLOSED_UI,
  isDirect,
  type Acts,
  type FailurePlace,
  type OpenForm,
  type Panel,
  type Ui,
  type ViewContext,
} from './views/view-context.js';

/** Closer to the end than this, a reader is taken to follow the answer as it grows. */
const NEAR_END_PX = 48;

/** The origin that served this script; it is the gateway unless the page names another. */
const SCRIPT_ORIGIN =
  document.currentScript instanceof HTMLScriptElement
    ? new URL(document.currentScript.src || location.href).origin
    : location.origin;

/** The part of the widget that shows apps, loaded with the first call that has one. */
let apps: Promise<unknown> | undefined;

/**
 * `<gatehouse-chat>`: a conversation with an organisation's MCP services, inside any page.
 *
 * Attributes, methods, events, custom properties and parts are described in README.md. The element itself only joins
 * three things: the session (what the gateway says), the ui (what the person has open), and the views (how both look).
 */
export class ChatElement extends LitElement {
  static override styles = styles;
  static override properties: PropertyDeclarations = {
    gateway: {},
    app: {},
    lang: {},
    theme: { reflect: true },
    mode: { reflect: true },
    isOpen: { type: Boolean, reflect: true, attribute: 'open' },
    services: {},
    dev: { type: Boolean },
    getToken: { attribute: false },
  };

  declare gateway: string;
  declare app: string;
  declare lang: string;
  declare theme: 'auto' | 'light' | 'dark';
  declare mode: 'bubble' | 'inline' | 'side' | 'full';
  /** The attribute `open`. */
  declare isOpen: boolean;
  /** Ids or slugs of the services chosen at first, separated by commas. */
  declare services: string;
  declare dev: boolean;
  /** Asks the host's server for an embed token. Without it there is no conversation. */
  declare getToken: GetToken | undefined;

  #ui: Ui = CLOSED_UI;
  #session: ChatSession | undefined;
  #announcer = new Announcer();
  #announcement = '';
  #frame = 0;
  #clock: ReturnType<typeof setInterval> | undefined;
  /** Selectors; the first that is there gets the focus after the next painting. */
  #focusNext: readonly string[] = [];

  constructor() {
    super();
    this.gateway = SCRIPT_ORIGIN;
    this.app = '';
    this.lang = 'auto';
    this.theme = 'auto';
    this.mode = 'bubble';
    this.isOpen = false;
    this.services = '';
    this.dev = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#onPageKey);
    this.addEventListener('keydown', this.#onKey);
    this.#clock = setInterval(() => this.#session?.isBusy && this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#onPageKey);
    this.removeEventListener('keydown', this.#onKey);
    clearInterval(this.#clock);
    this.#session?.stop();
  }

  /** Opens the conversation, unless it is a part of the page and thus open already, and puts the caret into it. */
  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.#focusNext = ['#message'];
    this.#tell('open', {});
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#focusNext = ['.launcher'];
    this.#tell('close', {});
  }

  /** Sends a text as if the person had typed it; waits for the connection when there is none yet. */
  async send(text: string): Promise<void> {
    this.open();
    await this.#connect();
    await this.#chat.send(text);
  }

  /** Chooses services by id or slug. What the person may not use is passed over. */
  selectServices(references: readonly string[]): void {
    this.#chat.choose(references);
  }

  newChat(): void {
    this.#chat.newChat();
    this.#setUi({ ...CLOSED_UI });
    this.#focusNext = ['#message'];
  }

  protected override firstUpdated(): void {
    this.#tell('ready', {});
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('services'))
      this.#chat.choose(
        this.services
          .split(',')
          .map((reference) => reference.trim())
          .filter(Boolean),
      );
    // The page often gives getToken only after the element stands in it.
    const { phase } = this.#chat.view;
    const mayConnect = phase === 'idle' || (phase === 'sign-in' && changed.has('getToken'));
    if (this.#isVisible && this.getToken && mayConnect) void this.#connect();
    this.#announcement = this.#announcer.next(this.#chat.view.conversation, this.#words) || this.#announcement;
  }

  protected override updated(): void {
    const stream = this.renderRoot.querySelector('#stream');
    if (stream && this.#ui.isAtEnd) stream.scrollTop = stream.scrollHeight;
    if (this.renderRoot.querySelector('gatehouse-app')) apps ??= import(`${SCRIPT_ORIGIN}/embed/v1/apps.js`);
    const wanted = this.#focusNext;
    this.#focusNext = [];
    for (const selector of wanted) {
      const target = this.renderRoot.querySelector<HTMLElement>(selector);
      if (!target) continue;
      target.focus();
      // Nobody can write before there is a connection: the caret comes then, unless the person has gone elsewhere.
      if (target.matches(':disabled') && this.#hasFocus) this.#focusNext = wanted;
      return;
    }
  }

  protected override render(): TemplateResult {
    return shell(this.#context, {
      isOpen: this.#isVisible,
      floats: this.#floats,
      announcement: this.#announcement,
      onScroll: this.#onScroll,
      onCopy: this.#onCopyCode,
      onLaunch: () => (this.isOpen ? this.close() : this.open()),
    });
  }

  get #floats(): boolean {
    return this.mode === 'bubble' || this.mode === 'side';
  }

  get #isVisible(): boolean {
    return this.isOpen || !this.#floats;
  }

  /** The focus is in the widget, or nowhere, as after the button that had it is gone. */
  get #hasFocus(): boolean {
    const { activeElement } = this.getRootNode() as Document | ShadowRoot;
    return activeElement === this || document.activeElement === document.body;
  }

  get #language(): Language {
    return languageFor(this.lang, document.documentElement.lang, navigator.languages);
  }

  get #words(): Dictionary {
    return DICTIONARIES[this.#language];
  }

  /** Made at the first need, when the attributes are known. */
  get #chat(): ChatSession {
    if (this.#session) return this.#session;
    const tokens = new TokenKeeper(() => this.getToken);
    const gateway = gatewayAt(this.gateway.replace(/\/+$/, ''), tokens, () => this.#language);
    this.#session = new ChatSession(
      gateway,
      tokens,
      () => this.#paint(),
      (event) => this.#onSession(event),
    );
    return this.#session;
  }

  get #context(): ViewContext {
    const { view } = this.#chat;
    return {
      words: this.#words,
      language: this.#language,
      session: view,
      ui: this.#ui,
      acts: this.#acts,
      http: this.#chat.gateway.http,
      now: Date.now(),
      isDev: this.dev,
    };
  }

  async #connect(): Promise<void> {
    if (this.#chat.view.phase !== 'ready') await this.#chat.connect();
  }

  /** However many chunks arrive, one painting per frame. */
  #paint(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.requestUpdate();
    });
  }

  #setUi(change: Partial<Ui>): void {
    this.#ui = { ...this.#ui, ...change };
    this.requestUpdate();
  }

  #onSession({ type, detail }: SessionEvent): void {
    // eslint-disable-next-line no-console -- whoever builds the page looks there, and nobody else should read it
    if (type === 'auth-needed') console.warn(`<gatehouse-chat>: ${detail.message}`);
    this.#tell(type, detail);
  }

  #tell(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(`gatehouse:${type}`, { detail, bubbles: true, composed: true }));
  }

  readonly #onPageKey = (event: KeyboardEvent): void => {
    if (!this.#floats || !togglesChat(event)) return;
    event.preventDefault();
    if (this.isOpen) this.close();
    else this.open();
  };

  /** Esc undoes one thing: the open panel, else the running answer, else the open chat. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    if (this.#ui.panel) this.#acts.show(undefined);
    else if (this.#chat.isBusy) this.#chat.stop();
    else if (this.#floats) this.close();
    else return;
    event.stopPropagation();
  };

  readonly #onScroll = (event: Event): void => {
    const { scrollTop, scrollHeight, clientHeight } = event.target as HTMLElement;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (isAtEnd !== this.#ui.isAtEnd) this.#setUi({ isAtEnd });
  };

  /** Code blocks are made outside the templates, so their button is heard here. */
  readonly #onCopyCode = (event: Event): void => {
    const button = (event.target as HTMLElement).closest<HTMLElement>('[data-copy]');
    if (!button) return;
    void copy(button.closest('.code')?.querySelector('pre')?.textContent ?? '').then(
      () => (button.textContent = this.#words.copied),
    );
  };

  readonly #acts: Acts = {
    close: () => this.close(),
    connect: () => void this.#connect(),
    switchLanguage: () => (this.lang = this.#language === 'en' ? 'zh-CN' : 'en'),
    newChat: () => this.newChat(),
    show: (panel) => this.#show(panel),
    search: (query) => this.#search(query),
    highlight: (active) => {
      this.#setUi({ active });
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector('[role=option].active')?.scrollIntoView({ block: 'nearest' }),
      );
    },
    toggleService: (id) => this.#chat.toggle(id),
    useModel: (id) => this.#chat.useModel(id),
    openTool: (tool, args) => this.#openTool(tool, args),
    closeTool: () => this.#show('tools'),
    fill: (path, typed) => this.#fill(path, typed),
    runTool: () => this.#runTool(),
    submit: () => this.#submit(),
    say: (text) => void this.#chat.send(text),
    suggest: (text) => {
      this.renderRoot.querySelector<HTMLTextAreaElement>('#message')!.value += text;
    },
    stop: () => {
      this.#chat.stop();
      this.#focusNext = ['#message'];
    },
    retry: () => void this.#chat.retry(),
    toEnd: () => this.#setUi({ isAtEnd: true }),
    copyAnswer: (message) => this.#copyAnswer(message),
    unfold: (callId, isOpen) => this.#unfold(callId, isOpen),
    answerFailure: (act, place) => this.#answerFailure(act, place),
    openConversation: (conversation) => {
      this.#show(undefined);
      void this.#chat.openConversation(conversation);
    },
    condemn: (condemned) => this.#setUi({ condemned }),
    deleteConversation: (id) => void this.#chat.deleteConversation(id),
  };

  #show(panel: Panel | undefined): void {
    this.#focusNext = panel ? ['.sheet input', '.sheet button'] : ['#message'];
    this.#setUi({ panel, query: '', found: [], active: 0, form: undefined });
    if (panel === 'services') void this.#chat.refreshServices();
    if (panel === 'history') void this.#chat.loadHistory();
  }

  #search(query: string): void {
    this.#setUi({ query, active: 0 });
    // The list here is searched at once; the server, which knows pinyin, may add to it.
    if (this.#ui.panel !== 'services' || !query.trim()) return;
    void this.#chat.findServices(query).then((found) => {
      if (this.#ui.query === query) this.#setUi({ found });
    });
  }

  #openTool(tool: UsableTool, args?: unknown, problems: OpenForm['problems'] = {}): void {
    const field = describeForm(tool.inputSchema);
    this.#focusNext = ['.field :is(input, select, textarea)', '.run'];
    this.#setUi({ panel: 'tools', form: { tool, field, draft: draftOf(field, args), problems } });
  }

  #fill(path: string, typed: string): void {
    const { form } = this.#ui;
    if (!form) return;
    const draft: Draft = { ...form.draft, [path]: typed };
    const { [path]: _, ...problems } = form.problems;
    this.#setUi({ form: { ...form, draft, problems } });
  }

  #runTool(): void {
    const { form } = this.#ui;
    if (!form || this.#chat.isBusy) return;
    const { value, problems } = collect(form.field, form.draft);
    const sentences = Object.entries(problems).map(([path, problem]) => [path, this.#words.problem[problem]]);
    if (sentences.length > 0) {
      this.#focusNext = ['[aria-invalid=true]'];
      this.#setUi({ form: { ...form, problems: Object.fromEntries(sentences) as Record<string, string> } });
      return;
    }
    this.#show(undefined);
    this.#setUi({ isAtEnd: true });
    void this.#chat.call(form.tool, value as Record<string, unknown>, toolTitle(form.tool));
  }

  #submit(): void {
    const input = this.renderRoot.querySelector<HTMLTextAreaElement>('#message');
    const text = input?.value.trim();
    if (!input || !text || this.#chat.isBusy) return;
    input.value = '';
    if (isDirect(this.#context)) {
      this.#show('tools');
      this.#search(text);
      return;
    }
    this.#setUi({ isAtEnd: true });
    void this.#chat.send(text);
  }

  #copyAnswer(message: AssistantMessage): void {
    void copy(answerText(message)).then(() => this.#setUi({ copied: message.id }));
  }

  #unfold(callId: string, isOpen: boolean): void {
    const unfolded = new Set(this.#ui.unfolded);
    if (isOpen) unfolded.add(callId);
    else unfolded.delete(callId);
    this.#setUi({ unfolded });
  }

  #answerFailure(act: FailureAct, place: FailurePlace): void {
    const tool = this.#toolOf(place);
    if (act === 'sign-in') void this.#chat.connect();
    else if (act === 'choose-another') this.#show(isDirect(this.#context) ? 'tools' : 'services');
    else if (act === 'ask-access') this.#copyAccessRequest(place);
    else if (act === 'edit-arguments' && tool) this.#openTool(tool, place.call?.input, problemsOf(place));
    else if (this.#chat.view.phase === 'ready') void this.#chat.retry();
    else void this.#chat.connect();
  }

  #toolOf({ call }: FailurePlace): UsableTool | undefined {
    const { tools } = this.#chat.view;
    return tools.find(
      ({ serviceId, name, publicName }) =>
        (serviceId === call?.serviceId && name === call.tool) || publicName === call?.tool,
    );
  }

  #copyAccessRequest({ failure, call }: FailurePlace): void {
    const [message, remedy] = failureText(failure, this.#words);
    const what = [call?.serviceName, call?.title].filter(Boolean).join(' · ') || this.#words.chat;
    void copy(this.#words.accessRequest(what, `${message} ${remedy}`)).then(() => this.#setUi({ copied: message }));
  }
}

/** By field where the server named fields, else for the form as a whole. */
const problemsOf = ({ failure }: FailurePlace): Record<string, string> =>
  failure.fields?.length
    ? Object.fromEntries(failure.fields.map(({ path, message }) => [fieldPath(path), message]))
    : { '': failure.message };

/** Puts a text on the clipboard. @throws where the page may not, for example without HTTPS */
const copy = (text: string): Promise<void> => navigator.clipboard.writeText(text);
