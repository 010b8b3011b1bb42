import { expect, test, type Locator, type Page } from '@playwright/test';
import { startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
import { speak, tabTo } from '../browser/page.ts';
import { OWNER, startProduct, type Product } from '../support/product.ts';

let product: Product;
let upstream: RunningFakeMcp;

test.beforeAll(async () => {
  product = await startProduct();
  upstream = await startFakeMcpServer({ name: 'calculator' });
  await product.owner.call('POST', '/api/groups', { name: 'Research' });
});

test.afterAll(async () => {
  await product.gatehouse.stop();
  await upstream.close();
});

test('signs in, adds a service, tests a tool and grants it to a group without a pointer', async ({ context, page }) => {
  await speak(context, 'en');
  await page.goto(`${product.gatehouse.url}/admin/`);
  await signIn(page);
  await addService(page);
  await testTool(page);
  await grantGroup(page);
});

/** Goes to a control with Tab and presses a key on it. */
async function press(page: Page, target: Locator, key: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.insertText(text);
}

async function signIn(page: Page): Promise<void> {
  await type(page, page.getByLabel('E-mail'), OWNER.email);
  await type(page, page.getByLabel('Password'), OWNER.password);
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
}

async function addService(page: Page): Promise<void> {
  await press(page, page.getByRole('navigation').getByRole('link', { name: 'Services' }), 'Enter');
  await press(page, page.getByRole('button', { name: 'Add services' }), 'Enter');
  const drawer = page.getByRole('dialog', { name: 'Add services' });
  const box = drawer.getByLabel('Configuration, URL or command');
  await expect(box).toBeFocused();
  await page.keyboard.insertText(JSON.stringify({ mcpServers: { calculator: { url: upstream.url } } }));
  await expect(drawer.getByText('1 of 1 understood')).toBeVisible();
  await press(page, drawer.getByRole('button', { name: 'Continue' }), 'Enter');
  await press(page, drawer.getByRole('button', { name: 'Add 1 and check' }), 'Enter');
  await expect(drawer.getByText(/Works: \d+ tools/)).toBeVisible();
  await press(page, drawer.getByRole('link', { name: 'Open' }), 'Enter');
  await expect(page.getByRole('heading', { name: 'calculator', level: 1 })).toBeVisible();
}

async function testTool(page: Page): Promise<void> {
  await press(page, page.getByRole('main').getByRole('link', { name: 'Test', exact: true }), 'Enter');
  await tabTo(page, page.getByLabel('Tool', { exact: true }));
  await page.keyboard.type('Echo');
  await expect(page.getByText('Gives the text back.')).toBeVisible();
  await type(page, page.locator('gh-schema-form input, gh-schema-form textarea').first(), 'by keyboard');
  await press(page, page.getByRole('button', { name: 'Run', exact: true }), 'Enter');
  const result = page.getByRole('region', { name: 'Result' });
  await expect(result).toContainText('Succeeded');
  await expect(result).toContainText('by keyboard');
}

async function grantGroup(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('main').getByRole('link', { name: 'Access', exact: true }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  const form = page.locator('gh-grant-form');
  await tabTo(page, form.getByLabel('Group'));
  await page.keyboard.type('Research');
  await press(page, form.getByRole('button', { name: 'Add' }), 'Enter');
  await expect(page.getByRole('row', { name: 'Research' })).toBeVisible();
}
