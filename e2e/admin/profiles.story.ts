import { expect, test } from '@playwright/test';
import { startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
import {
  Complaints,
  LANGUAGES,
  accessibilityFaults,
  colourFaults,
  lookLike,
  overflows,
  signIn,
  speak,
  untranslated,
} from '../browser/page.ts';
import { connectMcp } from '../support/mcp-client.ts';
import { addPerson, register, startProduct, type Product } from '../support/product.ts';

/** Where pictures are written; absent: no pictures. */
const PICTURES = process.env.GATEHOUSE_PICTURES;

let product: Product;
let upstream: RunningFakeMcp;
let secret: string;

test.beforeAll(async () => {
  product = await startProduct();
  upstream = await startFakeMcpServer({ name: 'calculator' });
  await register(product.owner, { name: 'calculator', type: 'http', url: upstream.url, accessControl: { grants: [] } });
  await product.owner.call('POST', '/api/mcp/services/calculator/reconnect');
  const { id } = await product.owner.call<{ id: string }>('POST', '/api/groups', { name: 'Research' });
  const { person, caller } = await addPerson(product, 'ann@example.org');
  await product.owner.call('POST', `/api/groups/${id}/members`, { userId: person.id });
  secret = (await caller.withApiKey({ name: 'laptop' })).secret;
});

test.afterAll(async () => {
  await product.gatehouse.stop();
  await upstream.close();
});

const TEXTS = {
  en: {
    add: 'New profile',
    slug: 'Short name',
    name: 'Name in English',
    service: 'Service',
    find: 'Find a tool of this service',
    addOne: 'Add add',
    alias: 'Name in this profile',
    search: 'Search',
    group: 'Group',
    addGrant: 'Add',
    create: 'Create',
    connect: 'Connect and cost',
    less: 'Searching takes',
    discard: 'Discard your changes?',
    cancel: 'Cancel',
    endpoint: 'What to connect to',
  },
  'zh-CN': {
    add: '新建工具集',
    slug: '短名称',
    name: '英文名称',
    service: '服务',
    find: '在此服务中查找工具',
    addOne: '添加 add',
    alias: '在此工具集中的名称',
    search: '搜索',
    group: '用户组',
    addGrant: '添加',
    create: '创建',
    connect: '接入与开销',
    less: '使用搜索可减少',
    discard: '放弃修改？',
    cancel: '取消',
    endpoint: '接入内容',
  },
};

for (const language of LANGUAGES) {
  test(`a profile is made, granted and used, in ${language}`, async ({ context, page }) => {
    const text = TEXTS[language];
    const slug = `sums-${language.slice(0, 2)}`;
    const complaints = await Complaints.of(context);
    await speak(context, language);
    await signIn(page, product.gatehouse.url);
    await page.goto(`${product.gatehouse.url}/admin/profiles`);
    await expect(page.locator('main h1')).toBeVisible();
    expect(await accessibilityFaults(page)).toEqual([]);

    await page.getByRole('button', { name: text.add }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(text.slug).fill(slug);
    await drawer.getByLabel(text.name).fill('Sums');
    await drawer.getByLabel(text.service, { exact: true }).selectOption({ label: 'calculator' });
    await drawer.getByRole('searchbox', { name: text.find }).fill('add');
    await drawer.getByRole('button', { name: text.addOne, exact: true }).click();
    await drawer.getByLabel(text.alias).fill('plus');
    await drawer.getByRole('radio', { name: text.search }).check();
    await drawer.getByLabel(text.group, { exact: true }).selectOption({ label: 'Research' });
    await drawer.locator('gh-profile-grants').getByRole('button', { name: text.addGrant, exact: true }).click();
    await expect(drawer.locator('gh-profile-grants li')).toContainText('Research');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await overflows(page)).toEqual([]);
    expect(await untranslated(page)).toEqual([]);
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/profile-form-${language.slice(0, 2)}.png` });
    await drawer.getByRole('button', { name: text.create, exact: true }).click();
    await expect(drawer).toBeHidden();

    const row = page.getByRole('row', { name: slug });
    await expect(row).toContainText('Research');
    await row.locator('.gh-acts button').click();
    await page.getByRole('menuitem', { name: text.connect }).click();
    await expect(drawer.locator('code').first()).toHaveText(`${product.gatehouse.url}/mcp/p/${slug}`);
    await expect(drawer.locator('gh-token-meter .line')).toHaveCount(2);
    await expect(drawer.locator('gh-client-snippets pre').first()).toContainText(`/mcp/p/${slug}`);
    await drawer.locator('gh-token-meter summary').click();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await untranslated(page)).toEqual([]);
    await lookLike(page, 'dark');
    expect(await colourFaults(page)).toEqual([]);
    await lookLike(page, 'light');
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/profile-endpoint-${language.slice(0, 2)}.png` });
    await page.keyboard.press('Escape');

    await row.getByRole('button', { name: 'Sums' }).first().click();
    await drawer.getByLabel(text.alias).fill('call_tool');
    // Enter does nothing while there is nothing to save yet.
    await expect(drawer.locator('button[type="submit"]')).toBeEnabled();
    await drawer.getByLabel(text.alias).press('Enter');
    await expect(drawer.locator('gh-item-row [aria-invalid="true"]')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('alertdialog')).toContainText(text.discard);
    await page.getByRole('alertdialog').getByRole('button', { name: text.cancel }).click();
    await expect(drawer.getByLabel(text.alias)).toHaveValue('call_tool');

    await page.goto(`${product.gatehouse.url}/admin/keys/connect`);
    await page.getByLabel(text.endpoint).selectOption(`/mcp/p/${slug}`);
    await expect(page.locator('.address code')).toHaveText(`${product.gatehouse.url}/mcp/p/${slug}`);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await untranslated(page)).toEqual([]);

    const client = await connectMcp(product.gatehouse.url, secret, 'modern', `/mcp/p/${slug}`);
    const answer = await client.callTool({
      name: 'call_tool',
      arguments: { name: 'plus', arguments: { a: 20, b: 22 } },
    });
    expect(JSON.stringify(answer.content)).toContain('42');
    await client.close();
    expect(complaints.take().filter((each) => !each.includes('400'))).toEqual([]);
  });
}
