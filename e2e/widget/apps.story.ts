import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type FrameLocator, type Page } from '@playwright/test';
import { freePort, startFakeAppService, waitFor, type RunningAppService } from '@gatehouse/testing';
import { ChatWindow } from '../browser/chat-window.ts';
import { startHostPage, type EmbedAppView, type HostPage } from '../browser/host-page.ts';
import { Complaints, THEMES, accessibilityFaults } from '../browser/page.ts';
import { NPM_SERVERS } from '../support/npm-servers.ts';
import { register, startProduct, type Product } from '../support/product.ts';
import { hostileApp, type Attempts } from './hostile-app.ts';

let product: Product;
let host: HostPage;
let stranger: { origin: string; visits: string[] };
let board: RunningAppService;
const closers: (() => unknown)[] = [];

test.beforeAll(async () => {
  const port = await freePort();
  const apps = `http://apps.localhost:${port}`;
  product = await startProduct({ env: { GATEHOUSE_APPS_URL: apps, GATEHOUSE_APPS_PORT: String(port) } });
  closers.push(() => product.gatehouse.stop());
  stranger = await startStranger();
  board = await startFakeAppService({ html: hostileApp(product.gatehouse.url, stranger.origin) });
  closers.push(board.close);
  const real = (file: string) => ({ type: 'stdio', config: { command: process.execPath, args: [file, '--stdio'] } });
  await register(product.owner, { name: 'Clock', slug: 'clock', ...real(NPM_SERVERS.clock) });
  await register(product.owner, { name: 'Budget', slug: 'budget', ...real(NPM_SERVERS.budget) });
  await register(product.owner, { name: 'Board', slug: 'board', type: 'http', url: board.url });
  // The first page must not be there before the tools are.
  for (const slug of ['clock', 'budget', 'board'])
    await product.owner.call('POST', `/api/mcp/services/${slug}/reconnect`);
  const origin = `http://localhost:${await freePort()}`;
  const app = await product.owner.call<EmbedAppView>('POST', '/api/embed/apps', {
    name: 'Intranet',
    allowedOrigins: [origin],
  });
  host = await startHostPage(product, app, origin, apps);
  closers.push(() => host.close());
});

test.afterAll(() => Promise.all(closers.map((close) => close())));

/** A server that no app has any business with; it notes who came. */
async function startStranger(): Promise<typeof stranger> {
  const visits: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    visits.push(url);
    response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' }).end('hello');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, visits };
}

/** Opens the chat, runs a tool by hand, and gives the inner frame of its app. */
async function runTool(page: Page, title: string): Promise<{ chat: ChatWindow; app: FrameLocator }> {
  await page.goto(host.origin);
  const chat = new ChatWindow(page);
  await chat.open();
  await chat.runTool(title, {});
  const app = chat.element.locator('gatehouse-app iframe').last().contentFrame().locator('iframe').contentFrame();
  return { chat, app };
}

interface Call {
  tool: string;
  door: string;
  status: string;
  chatId: string | null;
}
const callsOf = async (service: string): Promise<Call[]> =>
  (await product.owner.call<{ items: Call[] }>('GET', `/api/audit/calls?limit=50&q=${service}`)).items;

test('the app of a published server shows the result, and calls its tool on the one path', async ({
  context,
  page,
}) => {
  // The app's own validator tries whether it may compile; it may not, and goes on without.
  const complaints = await Complaints.of(context, ['about:srcdoc: content security policy: script-src eval']);
  const { chat, app } = await runTool(page, 'Get Time');
  const time = app.locator('#server-time');
  await expect(time).toHaveText(/^\d{4}-\d\d-\d\dT/);
  const first = await time.textContent();
  await app.getByRole('button', { name: 'Get Server Time' }).click();
  await expect(time).not.toHaveText(first ?? '');
  await waitFor('the record of the call', async () =>
    (await callsOf('get-time')).some(({ door, status, chatId }) => door === 'app' && status === 'success' && chatId),
  );
  await app.getByRole('button', { name: 'Send Message' }).click();
  await expect(chat.element.getByText('The app wants to say this in your name:')).toBeVisible();
  await chat.element.getByRole('button', { name: 'Not now' }).click();
  await app.getByRole('button', { name: 'Open Link' }).click();
  await expect(chat.element.getByText('https://modelcontextprotocol.io/', { exact: true })).toBeVisible();
  const faults: string[] = [];
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    faults.push(...(await accessibilityFaults(page, 'gatehouse-chat')));
  }
  expect(faults).toEqual([]);
  await chat.element.getByRole('button', { name: 'Not now' }).click();
  expect(context.pages()).toHaveLength(1);
  await chat.element.getByRole('button', { name: 'Full screen' }).click();
  await expect(chat.element.getByRole('button', { name: 'Leave full screen' })).toBeVisible();
  await expect(time).toBeVisible();
  await chat.element.getByRole('button', { name: 'Leave full screen' }).click();
  expect(complaints.take()).toEqual([]);
});

test('another published app draws itself', async ({ page }) => {
  const { app } = await runTool(page, 'Budget');
  await expect(app.locator('canvas').first()).toBeVisible();
});

test('an app that means harm gets nothing but its own tools', async ({ page, context }) => {
  const { chat, app } = await runTool(page, 'Show board');
  await expect(app.locator('#said')).toContainText('its own tool');
  const { 'its own tool': own, ...attempts } = JSON.parse((await app.locator('#said').textContent()) ?? '') as Attempts;
  expect(own).toBe('move done');
  const got = Object.entries(attempts).filter(([, outcome]) => outcome !== 'blocked');
  expect(Object.fromEntries(got)).toEqual({});
  expect(Object.keys(attempts).length).toBeGreaterThan(25);
  expect(page.url()).toBe(`${host.origin}/`);
  await app.getByRole('button', { name: 'Go' }).click();
  await expect(chat.element.locator('gatehouse-app pre')).toHaveText(`${stranger.origin}/opened`);
  // A click by the page's own script is no person's.
  await chat.element.locator('gatehouse-app button.main').evaluate((button: HTMLElement) => button.click());
  await expect(chat.element.locator('gatehouse-app pre')).toBeVisible();
  expect(stranger.visits).toEqual([]);
  const opened = context.waitForEvent('page');
  await chat.element.getByRole('button', { name: 'Open', exact: true }).click();
  expect(await (await opened).evaluate(() => window.opener === null)).toBe(true);
  await chat.element.getByRole('button', { name: 'Not now' }).click();
  await waitFor('the visit that was agreed to', () => stranger.visits.includes('/opened'));
  expect(stranger.visits.filter((visit) => !['/opened', '/favicon.ico'].includes(visit))).toEqual([]);
  expect((await callsOf('explain')).at(0)).toMatchObject({ door: 'app', status: 'denied' });
});

test('an app that asks for the camera gets it only from the person', async ({ page }) => {
  const html = `<script>addEventListener('message', () => {});
    document.title = document.featurePolicy.allowsFeature('camera');
    document.write('<p id=camera>' + document.title + '</p>')</script>`;
  board.app = { html, ui: { permissions: { camera: {} } } };
  const { chat, app } = await runTool(page, 'Show board');
  await expect(chat.element.getByText('The app asks to use: camera.')).toBeVisible();
  await expect(chat.element.locator('gatehouse-app iframe')).toHaveCount(0);
  await chat.element.getByRole('button', { name: 'Open without' }).click();
  await expect(app.locator('#camera')).toHaveText('false');
});

test('an app that cannot be shown leaves the result as text', async ({ page }) => {
  board.app = { html: '<p>', mimeType: 'text/plain' };
  const { chat } = await runTool(page, 'Show board');
  await expect(chat.element.getByText('The app of show_board cannot be shown')).toBeVisible();
  await chat.call('Show board: Done').locator('summary').first().click();
  await expect(chat.element.getByText('show_board done')).toBeVisible();
});
