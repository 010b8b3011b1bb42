import { jest } from '@jest/globals';

import './embed.js';
import type { ChatElement } from './chat-element.js';
import type { FailureAct, StreamChunk } from './conversation/stream-chunk.js';
import { aTool, DONE, says, TestingGateway } from './testing/testing-gateway.js';

let server: TestingGateway;
let chat: ChatElement;
const copied = jest.fn<(text: string) => Promise<void>>();

beforeEach(() => {
  server = new TestingGateway();
  globalThis.fetch = server.fetch;
  copied.mockReset().mockResolvedValue(undefined);
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: copied } });
});
afterEach(() => chat.remove());

const root = (): ShadowRoot => {
  if (!chat.shadowRoot) throw new Error('not rendered');
  return chat.shadowRoot;
};
const find = <T extends HTMLElement = HTMLElement>(selector: string): T => {
  const element = root().querySelector<T>(selector);
  if (!element) throw new Error(`nothing matches ${selector}`);
  return element;
};
const all = (selector: string): HTMLElement[] => [...root().querySelectorAll<HTMLElement>(selector)];
const text = (): string =>
  [...root().children]
    .map((element) => (element.tagName === 'STYLE' ? '' : element.textContent))
    .join(' ')
    .replace(/\s+/g, ' ');

/** Waits for what the person would wait for. */
async function until<T>(check: () => T): Promise<T> {
  for (let turn = 0; ; turn++) {
    try {
      const value = check();
      if (value) return value;
    } catch (error) {
      if (turn > 200) throw error;
    }
    if (turn > 200) throw new Error(`never happened: ${check.toString()}; shown: ${text()}`);
    await new Promise(requestAnimationFrame);
  }
}

async function open(attributes: Record<string, string> = {}, getToken = () => Promise.resolve('ghe_1')): Promise<void> {
  chat = document.createElement('gatehouse-chat') as ChatElement;
  for (const [name, value] of Object.entries({
    gateway: 'https://gateway.example',
    lang: 'en',
    open: '',
    ...attributes,
  }))
    chat.setAttribute(name, value);
  chat.getToken = getToken;
  document.body.append(chat);
  await until(() => !text().includes('Connecting') && root().querySelector('#message'));
}

const type = (element: HTMLElement, value: string): void => {
  (element as HTMLInputElement).value = value;
  element.dispatchEvent(new Event('input', { bubbles: true }));
};
const press = (element: HTMLElement, key: string, facts: KeyboardEventInit = {}): void => {
  element.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...facts }),
  );
};
async function say(question: string): Promise<void> {
  type(find('#message'), question);
  press(find('#message'), 'Enter');
  await until(() => find('.answer .acts'));
}

describe('the composer', () => {
  beforeEach(() => open());

  it('sends nothing while a character is being composed, and the message with the next Enter', async () => {
    server.turn = says('Sunny.');
    const input = find<HTMLTextAreaElement>('#message');
    type(input, 'tianqi');
    press(input, 'Enter', { isComposing: true });
    press(input, 'Enter', { keyCode: 229 });
    press(input, 'Enter', { shiftKey: true });
    expect(server.turns).toEqual([]);
    await say('天气');
    expect(server.turns).toMatchObject([{ text: '天气' }]);
    expect(input.value).toBe('');
  });

  it('sends no empty message', () => {
    type(find('#message'), '   ');
    press(find('#message'), 'Enter');
    expect(server.turns).toEqual([]);
  });
});

describe('the service picker', () => {
  beforeEach(() => open());
  const openPicker = async () => {
    find('[data-panel=services]').click();
    await until(() => find('[role=combobox]'));
  };

  it('works by keyboard alone: search, pick, remove, leave', async () => {
    await openPicker();
    await until(() => root().activeElement === find('[role=combobox]'));
    press(find('[role=combobox]'), 'ArrowDown');
    await until(() => find('[role=combobox]').getAttribute('aria-activedescendant') === 'option-1');
    press(find('[role=combobox]'), 'Enter');
    await until(() => all('.tag').length === 1);
    expect(find('.tag').textContent).toContain('Mail');
    expect(find('#option-1').getAttribute('aria-selected')).toBe('true');
    press(find('[role=combobox]'), 'Escape');
    await until(() => all('.sheet').length === 0 && root().activeElement === find('#message'));
    find('.tag button').click();
    await until(() => all('.tag').length === 0);
  });

  it('finds by either language, and by what the server knows', async () => {
    await openPicker();
    type(find('[role=combobox]'), '天气');
    await until(() => all('[role=option]').length === 1);
    type(find('[role=combobox]'), 'yj');
    await until(() => find('[role=option]').textContent?.includes('Mail'));
  });
});

describe('without a language model', () => {
  it('explains direct mode, and runs a tool by its form', async () => {
    server.models = [];
    await open();
    expect(text()).toContain('Direct mode');
    type(find('#message'), 'forecast');
    press(find('#message'), 'Enter');
    await until(() => all('[role=option]').length === 1);
    press(find('[role=combobox]'), 'Enter');
    await until(() => find('.run'));
    find('.run').click();
    await until(() => text().includes('Please fill this in.'));
    expect(server.turns).toEqual([]);
    server.turn = [
      {
        type: 'tool-input-available',
        toolCallId: 't',
        toolName: 'weather__forecast',
        input: { city: 'Bern' },
        dynamic: true,
      },
      { type: 'tool-output-available', toolCallId: 't', output: { content: [] } },
      DONE,
    ];
    type(find('.field input'), 'Bern');
    find('.run').click();
    await until(() => find('.call.is-succeeded'));
    expect(server.turns).toMatchObject([{ direct: { tool: 'forecast', arguments: { city: 'Bern' } } }]);
  });
});

describe('while an answer is being written', () => {
  it('no tool can be run by its form', async () => {
    await open();
    let answer: (response: Response) => void = () => undefined;
    const answered = new Promise<Response>((resolve) => (answer = resolve));
    const isTurn = (input: unknown, init?: RequestInit) =>
      String(input).endsWith('/messages') && init?.method === 'POST';
    globalThis.fetch = (input, init) => (isTurn(input, init) ? answered : server.fetch(input, init));
    server.turn = says('Sunny.');
    type(find('#message'), 'weather?');
    press(find('#message'), 'Enter');
    find('[data-panel=tools]').click();
    await until(() => all('[role=option]').length === 1);
    press(find('[role=combobox]'), 'Enter');
    await until(() => find<HTMLButtonElement>('.run').disabled);
    answer(await server.fetch('https://gateway.example/api/chat/conversations/c1/messages', { method: 'POST' }));
    await until(() => !find<HTMLButtonElement>('.run').disabled);
  });
});

describe('a failed call', () => {
  const failing = (act: FailureAct | undefined): (StreamChunk | string)[] => [
    {
      type: 'tool-input-available',
      toolCallId: 't',
      toolName: 'weather__forecast',
      input: { city: 'Nowhere' },
      dynamic: true,
    },
    {
      type: 'data-call',
      id: 't',
      data: {
        toolCallId: 't',
        serviceId: 'weather',
        serviceName: 'Weather',
        tool: 'forecast',
        title: 'Forecast',
        state: 'failed',
        startedAt: '',
        error: { code: 'upstream_error', message: 'It broke.', remedy: 'Mend it.', ...(act && { act }) },
      },
    },
    DONE,
  ];
  async function failWith(act: FailureAct | undefined): Promise<void> {
    await open();
    server.turn = failing(act);
    await say('Weather?');
    expect(find('.call').className).toContain('is-failed');
    expect(find('.failure').textContent).toContain('It broke.');
  }

  it('offers nothing where the server knows no safe act', async () => {
    await failWith(undefined);
    expect(all('.failure button')).toEqual([]);
  });

  it('can be asked again', async () => {
    await failWith('retry');
    server.turn = says('Better.');
    find('.failure button').click();
    await until(() => text().includes('Better.'));
    // What the conversation has left behind offers nothing any more.
    expect(all('.failure button')).toEqual([]);
  });

  it('leads to other services', async () => {
    await failWith('choose-another');
    find('.failure button').click();
    await until(() => find('.sheet').getAttribute('aria-label') === 'Services');
  });

  it('puts a request for access on the clipboard', async () => {
    await failWith('ask-access');
    find('.failure button').click();
    await until(() => find('.failure button').textContent?.includes('Copied'));
    expect(copied.mock.calls[0]?.[0]).toMatch(/Weather · Forecast.*It broke\. Mend it\./);
  });

  it('opens the form with the arguments that failed and the reason', async () => {
    await failWith('edit-arguments');
    find('.failure button').click();
    await until(() => find<HTMLInputElement>('.field input').value === 'Nowhere');
    expect(find('.tool-form').textContent).toContain('It broke.');
  });

  it('asks the host for a new token', async () => {
    await failWith('sign-in');
    const getToken = jest.fn(() => Promise.resolve('ghe_2'));
    chat.getToken = getToken;
    find('.failure button').click();
    await until(() => server.sent.filter(({ path }) => path === '/api/llm/models').length === 2);
  });
});

describe('foreign text', () => {
  const POISON = '<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script>';

  it('stays text, wherever it is shown', async () => {
    server.tools = [
      {
        ...aTool('weather', 'forecast'),
        title: POISON,
        description: POISON,
        inputSchema: {
          type: 'object',
          title: POISON,
          properties: { [POISON]: { type: 'string', description: POISON, enum: [POISON] } },
        },
      },
    ];
    server.services.forEach((service) =>
      Object.assign(service, { displayName: { en: POISON }, description: { en: POISON } }),
    );
    await open({ services: 'weather' });
    server.turn = [
      { type: 'reasoning-start', id: 'r' },
      { type: 'reasoning-delta', id: 'r', delta: POISON },
      { type: 'reasoning-end', id: 'r' },
      {
        type: 'tool-input-available',
        toolCallId: 't',
        toolName: POISON,
        title: POISON,
        input: { [POISON]: POISON, query: POISON },
        dynamic: true,
      },
      {
        type: 'tool-output-available',
        toolCallId: 't',
        output: {
          isError: true,
          content: [
            { type: 'text', text: POISON },
            { type: 'resource_link', name: POISON, uri: 'javascript:alert(1)' },
          ],
          structuredContent: { [POISON]: POISON },
        },
      },
      { type: 'source-url', sourceId: 's', url: 'javascript:alert(1)', title: POISON },
      ...says(`${POISON}\n\n[x](javascript:alert(1))`).slice(1),
    ];
    await say(POISON);
    const details = find<HTMLDetailsElement>('.call details');
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    await until(() => find('.details'));
    find('[data-panel=tools]').click();
    (await until(() => find('[role=option]'))).click();
    await until(() => find('.tool-form'));
    expect(all('script, iframe, object, embed, [onerror], [onload], img')).toEqual([]);
    for (const link of all('a')) expect(link.getAttribute('href')).toMatch(/^https?:/);
    expect(globalThis).not.toHaveProperty('pwned');
  });
});

describe('the element', () => {
  it('opens and closes by its methods, its launcher and Alt+Shift+M, and tells the host', async () => {
    const told: string[] = [];
    for (const name of ['open', 'close']) document.addEventListener(`gatehouse:${name}`, () => told.push(name));
    await open();
    chat.close();
    await until(() => all('.panel').length === 0 && root().activeElement === find('.launcher'));
    find('.launcher').click();
    await until(() => root().activeElement === find('#message'));
    press(document.body, 'M', { code: 'KeyM', altKey: true, shiftKey: true });
    await until(() => all('.panel').length === 0);
    expect(told).toEqual(['close', 'open', 'close']);
  });

  const openBy = async (act: () => void) => {
    chat = document.createElement('gatehouse-chat') as ChatElement;
    chat.getToken = () => Promise.resolve('ghe_1');
    document.body.append(chat);
    await chat.updateComplete;
    act();
    await until(() => find('#message').matches(':disabled'));
  };

  it('puts the caret where one writes once there is a connection, when opened by keyboard', async () => {
    await openBy(() => press(document.body, 'M', { code: 'KeyM', altKey: true, shiftKey: true }));
    await until(() => root().activeElement === find('#message'));
  });

  it('does not call back somebody who went elsewhere while it connected', async () => {
    const elsewhere = document.body.appendChild(document.createElement('input'));
    await openBy(() => chat.open());
    elsewhere.focus();
    await until(() => !find('#message').matches(':disabled'));
    await chat.updateComplete;
    expect(document.activeElement).toBe(elsewhere);
    elsewhere.remove();
  });

  it('waits for getToken, which pages often give later', async () => {
    chat = document.createElement('gatehouse-chat') as ChatElement;
    chat.setAttribute('lang', 'en');
    chat.isOpen = true;
    document.body.append(chat);
    await until(() => text().includes('Sign in to chat'));
    expect(server.sent).toEqual([]);
    chat.getToken = () => Promise.resolve('ghe_1');
    await until(() => text().includes('How can I help?'));
  });

  it('sends a text of the host as soon as it is connected', async () => {
    await open();
    server.turn = says('Sunny.');
    await chat.send('Weather?');
    expect(server.turns).toMatchObject([{ text: 'Weather?' }]);
  });

  it('changes its language while it stands there', async () => {
    await open();
    [...all('.head .quiet')].find((button) => button.textContent?.trim() === '中')?.click();
    await until(() => text().includes('有什么可以帮您'));
    expect(find('.panel').lang).toBe('zh-CN');
  });

  it('keeps its token to itself', async () => {
    await open();
    expect(document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(
      'ghe_1',
    );
  });
});
