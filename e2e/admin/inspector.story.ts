import { expect, test } from '@playwright/test';
import type { Client } from '@modelcontextprotocol/client';
import { startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
import { Complaints, LANGUAGES, accessibilityFaults, overflows, signIn, speak, untranslated } from '../browser/page.ts';
import { connectMcp } from '../support/mcp-client.ts';
import { addPerson, register, startProduct, type Product } from '../support/product.ts';

/** Where pictures are written; absent: no pictures. */
const PICTURES = process.env.GATEHOUSE_PICTURES;

let product: Product;
let upstream: RunningFakeMcp;
let client: Client;

test.beforeAll(async () => {
  product = await startProduct();
  upstream = await startFakeMcpServer({ name: 'calculator' });
  const grants = [{ subject: { kind: 'group', id: '' }, effect: 'allow' }];
  const { id } = await product.owner.call<{ id: string }>('POST', '/api/groups', { name: 'Research' });
  grants[0].subject.id = id;
  await register(product.owner, { name: 'calculator', type: 'http', url: upstream.url, accessControl: { grants } });
  const { person, caller } = await addPerson(product, 'ann@example.org');
  await product.owner.call('POST', `/api/groups/${id}/members`, { userId: person.id });
  const { secret } = await caller.withApiKey({ name: 'laptop' });
  client = await connectMcp(product.gatehouse.url, secret, 'legacy');
});

test.afterAll(async () => {
  await client.close();
  await product.gatehouse.stop();
  await upstream.close();
});

const TEXTS = {
  en: { again: 'Edit and send again', send: 'Send', as: 'Run as', group: 'A group', same: 'the same' },
  'zh-CN': { again: '编辑并重新发送', send: '发送', as: '运行身份', group: '某个组', same: '相同' },
};

for (const language of LANGUAGES) {
  test(`a client is looked at, and its call is sent again as its group, in ${language}`, async ({ context, page }) => {
    const text = TEXTS[language];
    const complaints = await Complaints.of(context);
    await speak(context, language);
    await signIn(page, product.gatehouse.url);
    await page.goto(`${product.gatehouse.url}/admin/inspector`);
    await page.getByRole('button', { name: 'ann@example.org' }).click();
    await expect(page.locator('gh-traffic')).toBeVisible();
    await expect
      .poll(async () => {
        await client.callTool({ name: 'calculator__add', arguments: { a: 20, b: 22 } });
        return page.locator('gh-frames li').count();
      })
      .toBeGreaterThanOrEqual(4);
    const call = page.locator('gh-frames li', { hasText: 'tools/call calculator__add' }).first();
    await call.locator('summary').click();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await overflows(page)).toEqual([]);
    expect(await untranslated(page)).toEqual([]);
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/inspector-traffic-${language.slice(0, 2)}.png` });

    await call.getByRole('button', { name: text.again }).click();
    await page.getByLabel(text.as, { exact: true }).selectOption({ label: text.group });
    await page.getByLabel(text.group, { exact: true }).selectOption({ label: 'Research' });
    await page.getByRole('button', { name: text.send, exact: true }).click();
    await expect(page.locator('gh-request-tab .gh-note')).toContainText(text.same);
    await expect(page.locator('gh-request-tab gh-frames li')).toHaveCount(4);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await overflows(page)).toEqual([]);
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/inspector-replay-${language.slice(0, 2)}.png` });
    expect(complaints.take()).toEqual([]);
  });
}
