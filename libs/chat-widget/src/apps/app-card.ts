import type { AppPage } from '@gatehouse/api-client';
import type { CallToolResult } from '@modelcontextprotocol/client';
import type { McpUiHostContext } from '@modelcontextprotocol/ext-apps/app-bridge';
import type { ToolCall } from '../conversation/tool-call.js';
import type { ViewContext } from '../views/view-context.js';
import { appApi, type AppApi } from './app-api.js';
import { MOST_HEIGHT } from './app-asks.js';
import { bridgeFor, type AppPlaceholder, type DisplayMode, type ShownCall } from './app-bridge.js';
import { APP_WORDS, type AppWords } from './app-text.js';
import { element, button, type Children } from './dom.js';
import { FrameTransport } from './frame-transport.js';

/** After this an app is taken to be stuck, and the person is pointed to the text; it may still come. */
const PATIENCE_MS = 10_000;
/** Time that an app gets to put its things away. */
const FAREWELL_MS = 500;

/** The call whose app is shown, and the chat around it. */
export interface ShownApp {
  readonly call: ToolCall;
  readonly context: ViewContext;
}

/**
 * One run of one app: its bar, which is ours and names the service, its frame, and the questions to the person.
 *
 * The outer frame is a page of another origin that knows the app as `srcdoc` only (server: `sandbox/frame.js`).
 */
export class AppCard implements AppPlaceholder {
  private readonly words: AppWords;
  private readonly api: AppApi;
  private readonly ended = new AbortController();
  private readonly place = element('div', { className: 'place' });
  private readonly note = element('p', {});
  private readonly asks = element('div', { className: 'ask', hidden: true });
  private readonly zoom: HTMLButtonElement;
  private readonly box: HTMLElement;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private farewell: (() => Promise<unknown>) | undefined;

  constructor(
    root: ShadowRoot,
    private readonly shown: ShownApp,
  ) {
    const { call, context } = shown;
    const { conversationId = '' } = context.session;
    this.words = APP_WORDS[context.language];
    this.api = appApi(context.http, { conversationId, serviceId: call.serviceId ?? '', tool: call.tool });
    this.zoom = button(this.words.fullScreen, () => this.display(this.isFull ? 'inline' : 'fullscreen'));
    this.zoom.hidden = true;
    const bar = element('div', { className: 'bar' }, [
      element('span', { className: 'name', textContent: this.words.app(this.name) }),
      this.zoom,
    ]);
    this.box = element('div', { className: 'app' }, [bar, this.place, this.note, this.asks]);
    this.box.setAttribute('role', 'group');
    this.box.setAttribute('aria-label', this.words.app(this.name));
    root.replaceChildren(this.box);
  }

  /** Loads the page of the app and shows it; what goes wrong is said in its place. */
  async run(): Promise<void> {
    this.say(this.words.loading);
    this.place.hidden = true;
    try {
      const page = await this.api.page(this.ended.signal);
      const features = await this.allowed(page.features);
      if (!this.ended.signal.aborted) await this.show(page, features);
    } catch (error) {
      if (this.ended.signal.aborted) return;
      this.say(refusalText(error) ?? this.words.notShown);
    }
  }

  /** The app is told, and has a moment to put its things away; then it is gone. */
  end(): void {
    if (this.ended.signal.aborted) return;
    this.ended.abort();
    clearTimeout(this.patience);
    this.display('inline');
    this.zoom.hidden = true;
    void this.farewell?.()
      .catch(() => undefined)
      .finally(() => this.place.replaceChildren());
    this.place.hidden = true;
  }

  started(): void {
    clearTimeout(this.patience);
    this.say('');
  }

  resize(height: number): void {
    this.place.style.blockSize = this.isFull ? '' : `${height}px`;
  }

  /** In full screen the frame rises to the top layer where it stands: moved, it would load anew. */
  display(mode: DisplayMode): DisplayMode {
    if (mode === 'fullscreen' && !this.isFull && this.box.isConnected) {
      this.place.style.blockSize = '';
      this.box.popover = 'manual';
      this.box.showPopover();
    } else if (mode === 'inline') {
      this.box.popover = null;
    }
    this.zoom.textContent = this.isFull ? this.words.leaveFullScreen : this.words.fullScreen;
    return this.isFull ? 'fullscreen' : 'inline';
  }

  askToOpen(url: string): Promise<boolean> {
    return this.ask(this.words.opensLink, url, this.words.open, () => open(url, '_blank', 'noopener,noreferrer'));
  }

  askToSay(text: string): Promise<boolean> {
    return this.ask(this.words.wantsToSay, text, this.words.send, () =>
      this.shown.context.acts.say(`${this.words.from(this.name)}\n${text}`),
    );
  }

  offer(text: string): void {
    if (text)
      void this.ask(this.words.wantsToAdd, text, this.words.add, () =>
        this.shown.context.acts.suggest(`${this.words.from(this.name)}\n${text}`),
      );
  }

  private get name(): string {
    return this.shown.call.serviceName ?? this.shown.call.title;
  }

  private get isFull(): boolean {
    return this.box.popover === 'manual';
  }

  private async show({ html, frameUrl, reaches }: AppPage, features: readonly string[]): Promise<void> {
    const url = new URL(frameUrl);
    url.searchParams.set('host', location.origin);
    const frame = element('iframe', {
      title: this.words.app(this.name),
      allow: features.join('; '),
      src: url.href,
    });
    // Its own origin is another one than the page's, so these two together give it nothing of the page.
    frame.sandbox.add('allow-scripts', 'allow-same-origin', 'allow-forms');
    this.place.replaceChildren(frame);
    this.place.hidden = this.zoom.hidden = false;
    if (reaches.length > 0) this.box.querySelector('.name')!.append(` · ${this.words.reaches(reaches.join(', '))}`);
    const bridge = bridgeFor(html, shownCall(this.shown.call), this.api, this, this.surroundings());
    this.farewell = () => bridge.teardownResource({}, { timeout: FAREWELL_MS }).finally(() => bridge.close());
    this.patience = setTimeout(() => this.say(this.words.slow), PATIENCE_MS);
    await bridge.connect(new FrameTransport(frame.contentWindow!, url.origin));
  }

  private surroundings(): McpUiHostContext {
    return {
      locale: this.shown.context.language,
      theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
      displayMode: 'inline',
      availableDisplayModes: ['inline', 'fullscreen'],
      platform: 'web',
      containerDimensions: { width: this.place.clientWidth, maxHeight: MOST_HEIGHT },
    };
  }

  private async allowed(features: readonly string[]): Promise<readonly string[]> {
    if (features.length === 0) return [];
    const names = features.map((feature) => this.words.feature[feature as keyof AppWords['feature']] ?? feature);
    const agreed = await this.ask(this.words.wants(names.join(', ')), '', this.words.allow, () => undefined, {
      no: this.words.without,
    });
    return agreed ? features : [];
  }

  private say(text: string): void {
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  /** One question at a time; whoever asks meanwhile is told no. Only a real click counts as an answer. */
  private ask(
    question: string,
    quoted: string,
    yes: string,
    act: () => unknown,
    { no = this.words.notNow } = {},
  ): Promise<boolean> {
    if (!this.asks.hidden || this.ended.signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const answer = (agreed: boolean) => (event: Event) => {
        if (!event.isTrusted) return;
        this.asks.hidden = true;
        if (agreed) act();
        resolve(agreed);
      };
      const accept = button(yes, answer(true));
      accept.className = 'main';
      const parts: Children = [element('p', { textContent: question })];
      if (quoted) parts.push(element('pre', { textContent: quoted, tabIndex: 0 }));
      this.asks.replaceChildren(...parts, accept, button(no, answer(false)));
      this.asks.hidden = false;
      this.asks.scrollIntoView({ block: 'nearest' });
      this.ended.signal.addEventListener('abort', () => resolve(false), { once: true });
    });
  }
}

/** The chat, a file of its own, has its own class of refusals; they are known by what they say. */
const refusalText = (error: unknown): string | undefined =>
  error instanceof Error && 'remedy' in error ? `${error.message} ${String(error.remedy)}` : undefined;

const shownCall = ({ input, output }: ToolCall): ShownCall => ({
  input: (input ?? {}) as Record<string, unknown>,
  output: output as CallToolResult,
});
