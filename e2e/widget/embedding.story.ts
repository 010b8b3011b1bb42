import { expect, test, type Page } from '@playwright/test';
import { FAKE_LLM_MODEL, freePort, startFakeLlm, startFakeMcpServer } from '@gatehouse/testing';
import { Complaints, THEMES, accessibilityFaults } from '../browser/page.ts';
import { ChatWindow } from '../browser/chat-window.ts';
import { openSession, startHostPage, type EmbedAppView, type HostPage } from '../browser/host-page.ts';
import { register, startProduct, type Product } from '../support/product.ts';

let product: Product;
let app: EmbedAppView;
let host: HostPage;
const closers: (() => Promise<void>)[] = [];

test.beforeAll(async () => {
  product = await startProduct();
  closers.push(() => product.gatehouse.stop());
  const upstream = await startFakeMcpServer({ name: 'calculator' });
  const llm = await startFakeLlm([
    {
      when: 'add',
      turns: [
        { toolCalls: [{ name: 'calculator__add', arguments: { a: 20, b: 22 } }] },
        {
          words: [
            '## Sum\n\n',
            'It is **42**.\n\n',
            '```js\n',
            '20 + 22\n',
            '```\n\n',
            '| a | b |\n|---|---|\n| 20 | 22 |\n',
          ],
        },
      ],
    },
    { when: '你好', turns: [{ words: ['你好！'] }] },
  ]);
  closers.push(upstream.close, llm.close);
  await register(product.owner, {
    name: 'Calculator',
    slug: 'calculator',
    displayName: { en: 'Calculator', zh: '计算器' },
    description: { en: 'Sums', zh: '加法' },
    type: 'http',
    url: upstream.url,
  });
  await product.owner.call('POST', '/api/llm/providers', {
    name: 'Scripted',
    kind: 'openai-compatible',
    baseUrl: llm.baseUrl,
    model: FAKE_LLM_MODEL,
    models: [FAKE_LLM_MODEL],
    contextTokens: 16_000,
  });
  const origin = `http://localhost:${await freePort()}`;
  app = await product.owner.call<EmbedAppView>('POST', '/api/embed/apps', {
    name: 'Intranet',
    allowedOrigins: [origin],
  });
  host = await startHostPage(product, app, origin);
  closers.push(() => host.close());
});

test.beforeEach(() => {
  host.token = () => openSession(product, app, host.origin);
});

test.afterAll(() => Promise.all(closers.map((close) => close())));

async function openChat(page: Page): Promise<ChatWindow> {
  await page.goto(host.origin);
  const chat = new ChatWindow(page);
  await chat.open();
  return chat;
}

const EXPECTED_401 = ['401 (Unauthorized)', '<gatehouse-chat>'];

test('works on a foreign page under a strict policy, accessible in every state', async ({ context, page }) => {
  const complaints = await Complaints.of(context);
  const faults: string[] = [];
  const look = async (state: string) => {
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      faults.push(
        ...(await accessibilityFaults(page, 'gatehouse-chat')).map((fault) => `${state}, ${colorScheme}: ${fault}`),
      );
    }
  };
  const chat = await openChat(page);
  await look('greeting');
  await chat.element.locator('[data-panel=services]').click();
  await expect(chat.element.getByRole('option')).toHaveCount(1);
  await look('services');
  await page.keyboard.press('Escape');
  await chat.chooseService('Calc');
  await chat.say('add 20 and 22');
  await expect(chat.answers.last().locator('table')).toBeVisible();
  await chat.call('Add: Done').locator('summary').first().click();
  await look('conversation');
  await chat.element.locator('[data-panel=tools]').click();
  await chat.element.getByRole('combobox').fill('structured');
  await chat.element.getByRole('option').first().click();
  await chat.element.getByRole('button', { name: 'Run' }).click();
  await expect(chat.element.locator('.problem')).toBeVisible();
  await look('form with a problem');
  await chat.element.getByRole('button', { name: 'Conversations' }).click();
  await expect(chat.element.locator('.history li')).not.toHaveCount(0);
  await look('history');
  expect(faults).toEqual([]);
  expect(complaints.take()).toEqual([]);
});

test('speaks Chinese when told to, in every part', async ({ page }) => {
  const chat = await openChat(page);
  await chat.element.getByTitle('切换到中文').click();
  await expect(chat.element.getByPlaceholder('输入问题…')).toBeVisible();
  await chat.element.locator('[data-panel=services]').click();
  await chat.element.getByRole('combobox').fill('jsq');
  await expect(chat.element.getByRole('option')).toContainText('计算器');
  await expect(chat.element.getByRole('option')).toContainText(/\d+ 个工具/);
});

test('a page on an origin that is not listed gets nothing', async ({ page }) => {
  const stranger = await startHostPage(product, app);
  try {
    stranger.token = () => openSession(product, app, host.origin);
    await page.goto(stranger.origin);
    const chat = new ChatWindow(page);
    await chat.element.getByRole('button', { name: 'Open chat' }).click();
    await expect(chat.element.locator('.failure, .notice').first()).toBeVisible();
    await expect(chat.message).toBeDisabled();
    await expect(openSession(product, app, stranger.origin)).rejects.toThrow('embed_origin_denied');
  } finally {
    await stranger.close();
  }
});

test('a token that is no good asks to sign in; with a good one it goes on', async ({ page, context }) => {
  const complaints = await Complaints.of(context, EXPECTED_401);
  const foreign = await product.owner.call<EmbedAppView>('POST', '/api/embed/apps', {
    name: 'Another product',
    allowedOrigins: ['https://elsewhere.example.com'],
  });
  const bad: [string, () => Promise<string | undefined>][] = [
    ['nobody is signed in', async () => undefined],
    ['an invented token', async () => 'ghe_invented'],
    ['a token for another page', () => openSession(product, foreign, 'https://elsewhere.example.com')],
    ['an API key by mistake', async () => app.secret],
  ];
  await page.goto(host.origin);
  const chat = new ChatWindow(page);
  host.token = async () => undefined;
  await chat.element.getByRole('button', { name: 'Open chat' }).click();
  for (const [what, token] of bad) {
    await test.step(what, async () => {
      host.token = token;
      await chat.element.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(chat.element.getByText('Sign in to chat')).toBeVisible();
      await expect(chat.message).toBeDisabled();
    });
  }
  host.token = () => openSession(product, app, host.origin);
  await chat.element.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(chat.message).toBeEnabled();
  expect(complaints.take()).toEqual([]);
});

test('a session that ends in the middle of a conversation asks to sign in and keeps the conversation', async ({
  page,
}) => {
  const chat = await openChat(page);
  await chat.say('你好');
  await expect(chat.answers.last()).toContainText('你好！');
  app = await product.owner.call<EmbedAppView>('POST', `/api/embed/apps/${app.id}/secret`);
  host.token = async () => undefined;
  await chat.say('add 20 and 22');
  await expect(chat.element.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(chat.answers.first()).toContainText('你好！');
  host.token = () => openSession(product, app, host.origin);
  await chat.element.getByRole('button', { name: 'Sign in', exact: true }).click();
  await chat.say('add 20 and 22');
  await expect(chat.answers.last()).toContainText('It is 42.');
});

test('Enter that chooses a character sends nothing; the next Enter sends', async ({ page, context }) => {
  const chat = await openChat(page);
  await chat.message.focus();
  const keyboard = await context.newCDPSession(page);
  const enter = (type: 'rawKeyDown' | 'keyUp', windowsVirtualKeyCode: number) =>
    keyboard.send('Input.dispatchKeyEvent', { type, key: 'Enter', code: 'Enter', windowsVirtualKeyCode });
  await keyboard.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
  await enter('rawKeyDown', 229);
  await enter('keyUp', 229);
  await expect(chat.element.locator('.bubble')).toHaveCount(0);
  await keyboard.send('Input.insertText', { text: '你好' });
  await expect(chat.message).toHaveValue('你好');
  await page.keyboard.press('Enter');
  await expect(chat.element.locator('.bubble')).toHaveText(['你好']);
  await expect(chat.answers.last()).toContainText('你好！');
});

test('everything can be done with the keyboard', async ({ page }) => {
  await page.goto(host.origin);
  const chat = new ChatWindow(page);
  await page.keyboard.press('Alt+Shift+KeyM');
  await expect(chat.message).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(chat.element.locator('[data-panel=services]')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Calc');
  await expect(chat.element.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(chat.message).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(chat.tag('Calculator').getByRole('button')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('add 20 and 22');
  await page.keyboard.press('Enter');
  await expect(chat.answers.last()).toContainText('It is 42.');
  await expect(chat.element.getByRole('button', { name: 'Send', exact: true })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(chat.element.locator('[data-panel=tools]')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Echo');
  await expect(chat.element.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(chat.element.getByRole('button', { name: 'Run' })).toBeEnabled();
  await page.keyboard.type('by keyboard');
  await page.keyboard.press('Enter');
  await expect(chat.call('Echo: Done')).toBeVisible();
  await page.keyboard.press('Alt+Shift+KeyM');
  await expect(chat.element.getByRole('dialog')).toHaveCount(0);
  await expect(chat.element.getByRole('button', { name: 'Open chat' })).toBeFocused();
});
