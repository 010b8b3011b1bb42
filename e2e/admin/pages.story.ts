import { expect, test, type Page } from '@playwright/test';
import {
  Complaints,
  LANGUAGES,
  accessibilityFaults,
  colourFaults,
  overflows,
  lookLike,
  signIn,
  speak,
  untilStill,
  untranslated,
  type Language,
} from '../browser/page.ts';
import { startOrganisation, type Organisation } from '../browser/organisation.ts';

/** Where pictures of each page are written, in both languages; absent: no pictures. */
const PICTURES = process.env.GATEHOUSE_PICTURES;

/** Every page of the console: the name of its picture, and its address. */
const PAGES: Record<string, string> = {
  overview: '/',
  services: '/mcp',
  service: '/mcp/customers/overview',
  tools: '/mcp/reference/tools',
  resources: '/mcp/reference/resources',
  prompts: '/mcp/reference/prompts',
  access: '/mcp/documents/access',
  test: '/mcp/reference/test?tool=get-sum',
  'service-settings': '/mcp/customers/settings',
  'service-down': '/mcp/payments/overview',
  profiles: '/profiles',
  users: '/people/users',
  groups: '/people/groups',
  roles: '/people/roles',
  audit: '/audit',
  trail: '/audit/trail',
  jobs: '/jobs?whose=all',
  usage: '/usage',
  inspector: '/inspector',
  'inspector-request': '/inspector/request',
  keys: '/keys',
  connect: '/keys/connect',
  models: '/settings/models',
  embedding: '/settings/embedding',
  limits: '/settings/limits',
  account: '/settings/account',
  'not-found': '/nowhere',
};

/** What opens over a page, with the clicks that open it. */
const DIALOGS: Record<string, (page: Page) => Promise<void>> = {
  'add-service': async (page) => {
    await open(page, '/mcp');
    await page.locator('gh-page-header .ant-btn-primary').click();
    await page.locator('gh-paste-box textarea').fill(HALF_BROKEN);
    await expect(page.locator('gh-entry-list li')).toHaveCount(2);
  },
  'edit-service': async (page) => {
    await open(page, '/mcp');
    await page.getByRole('row', { name: 'customers' }).locator('.gh-acts button').click();
    await page.getByRole('menuitem').first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  profile: async (page) => {
    await open(page, '/profiles');
    await page.locator('td .gh-link-btn').first().click();
    await expect(page.locator('gh-token-meter .line')).toHaveCount(2);
  },
  'add-user': (page) => openByButton(page, '/people/users'),
  members: async (page) => {
    await open(page, '/people/groups');
    await page.getByRole('button', { name: 'Research' }).first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  call: async (page) => {
    await open(page, '/audit?status=success&q=max');
    await page.locator('td .gh-link-btn').last().click();
    await expect(page.getByRole('dialog')).toContainText('4711');
  },
  job: async (page) => {
    await open(page, '/jobs?whose=all&status=failed');
    await page.locator('td .gh-link-btn').first().click();
    await expect(page.getByRole('dialog')).toContainText('tool_reported_failure');
  },
  'add-model': (page) => openByButton(page, '/settings/models'),
  'add-limit': (page) => openByButton(page, '/settings/limits'),
  'add-key': (page) => openByButton(page, '/keys'),
};

/** One good entry, and one with a comma too many and no address. */
const HALF_BROKEN = `{
  "mcpServers": {
    "filesystem": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/srv/files"] },
    "broken": { "url": 42 }
  }
}`;

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${organisation.product.gatehouse.url}/admin${path}`);
  await expect(page.locator('main h1')).toBeVisible();
}

async function openByButton(page: Page, path: string): Promise<void> {
  await open(page, path);
  await page.locator('main .gh-toolbar .ant-btn-primary').click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

let organisation: Organisation;

test.beforeAll(async () => {
  organisation = await startOrganisation();
});

test.afterAll(() => organisation.close());

/** Everything that may be wrong with what is on the screen, in the light theme. */
async function faultsOf(page: Page): Promise<string[]> {
  await untilStill(page);
  return [await accessibilityFaults(page), await overflows(page), await untranslated(page)].flat();
}

async function picture(page: Page, name: string, language: Language): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}-${language.slice(0, 2)}.png` });
}

for (const language of LANGUAGES) {
  test(`every page is right in ${language}, light and dark`, async ({ context, page }) => {
    test.setTimeout(240_000);
    const complaints = await Complaints.of(context);
    await speak(context, language);
    await signIn(page, organisation.product.gatehouse.url);
    for (const [name, show] of [...pages(), ...Object.entries(DIALOGS)]) {
      await show(page);
      await test.step(name, async () => {
        await lookLike(page, 'light');
        expect.soft(await faultsOf(page), name).toEqual([]);
        await picture(page, name, language);
        await lookLike(page, 'dark');
        expect.soft(await colourFaults(page), `${name}, dark`).toEqual([]);
        await picture(page, `dark/${name}`, language);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        expect.soft(complaints.take(), name).toEqual([]);
      });
    }
  });
}

for (const [language, service, question] of [
  ['en', 'Reference tools', 'How much are 20 and 22?'],
  ['zh-CN', '参考工具', '20 加 22 一共多少？'],
] as const) {
  test(`sign-in and the demo page are right in ${language}`, async ({ browser }) => {
    const context = await browser.newContext({ locale: language, viewport: { width: 1440, height: 900 } });
    const complaints = await Complaints.of(context);
    const page = await context.newPage();
    await page.goto(`${organisation.product.gatehouse.url}/admin/sign-in`);
    await lookLike(page, 'light');
    expect.soft(await faultsOf(page)).toEqual([]);
    await picture(page, 'sign-in', language);
    await signIn(page, organisation.product.gatehouse.url);
    await page.goto(`${organisation.product.gatehouse.url}/demo`);
    await page.locator('gatehouse-chat .launcher').click();
    await page.locator('gatehouse-chat .hello .chip', { hasText: service }).click();
    await page.locator('gatehouse-chat #message').fill(question);
    await page.locator('gatehouse-chat #message').press('Enter');
    await expect(page.locator('gatehouse-chat .answer strong')).toHaveText('42');
    await page.locator('gatehouse-chat .call summary').first().click();
    expect.soft(await accessibilityFaults(page)).toEqual([]);
    await picture(page, 'chat', language);
    expect(complaints.take()).toEqual([]);
    await context.close();
  });
}

const pages = () => Object.entries(PAGES).map(([name, path]) => [name, (page: Page) => open(page, path)] as const);
