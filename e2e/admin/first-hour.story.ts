import { expect, test, type Locator, type Page } from '@playwright/test';
import {
  FAKE_LLM_MODEL,
  startFakeLlm,
  startFakeMcpServer,
  startGatehouse,
  type RunningFakeLlm,
  type RunningFakeMcp,
  type RunningGatehouse,
} from '@gatehouse/testing';
import { Complaints, speak } from '../browser/page.ts';
import { ChatWindow } from '../browser/chat-window.ts';
import { connectMcp } from '../support/mcp-client.ts';

const OWNER = { name: 'Olivia Owner', email: 'olivia@example.org', password: 'correct horse battery' };
const LIN = { name: 'Lin Yue', email: 'lin.yue@example.org' };

/** How long a page may take to tell that a service went away, ms. */
const TOLD_WITHIN = 5_000;
/** How long until a service that is back is ready again, ms. */
const BACK_WITHIN = 20_000;

let gatehouse: RunningGatehouse;
let upstream: RunningFakeMcp;
let llm: RunningFakeLlm;

test.beforeAll(async () => {
  gatehouse = await startGatehouse();
  upstream = await startFakeMcpServer({ name: 'calculator' });
  llm = await startFakeLlm([
    {
      when: 'add 20 and 22',
      turns: [
        { words: ['Let me ', 'calculate. '], toolCalls: [{ name: 'calculator__add', arguments: { a: 20, b: 22 } }] },
        { words: ['The ', 'sum ', 'is ', '**42**', '.'], pauseMs: 30 },
      ],
    },
    {
      when: 'try again',
      turns: [
        { toolCalls: [{ name: 'calculator__add', arguments: { a: 1, b: 1 } }] },
        { words: ['The calculator does not answer ', 'at the moment.'] },
      ],
    },
    { when: 'thank you', turns: [{ words: ['You are ', 'welcome.'] }] },
  ]);
});

test.afterAll(async () => {
  await gatehouse.stop();
  await Promise.all([upstream.close(), llm.close()]);
});

test('the first hour: from the printed link to a conversation, an audit and a client', async ({ context, page }) => {
  test.setTimeout(180_000);
  const complaints = await Complaints.of(context);
  await speak(context, 'en');
  const steps: [string, (page: Page) => Promise<void>][] = [
    ['the set-up link creates the owner', createOwner],
    ['a pasted configuration is understood entry by entry', pasteServices],
    ['the status becomes ready by itself', becomesReady],
    ['the test panel connects and calls', testTool],
    ['a group may use one tool, and why is explained', grantOneTool],
    ['a language model is added and tested', addModel],
    ['the model calls the tool in a conversation', converse],
    ['a tool runs without the model', runQuickTool],
    ['a service that dies is told everywhere, and the conversation goes on', surviveDeath],
    ['a service that is back is ready again', comeBack],
    ['a client with a new key uses the same tools, and is refused others', connectClient],
    ['the audit shows every call and the refusal', readAudit],
    ['usage is drawn and listed', readUsage],
  ];
  for (const [name, step] of steps) {
    await test.step(name, () => step(page));
    expect(complaints.take(), name).toEqual([]);
  }
});

const go = (page: Page, path: string) => page.goto(`${gatehouse.url}${path}`);
const card = (page: Page, name: string): Locator => page.getByRole('region', { name });
const button = (scope: Page | Locator, name: string) => scope.getByRole('button', { name, exact: true });
const toast = (page: Page, text: string) => expect(page.getByText(text)).toBeVisible();

async function createOwner(page: Page): Promise<void> {
  const link = gatehouse.setupLink;
  if (!link) throw new Error(`No set-up link was printed:\n${gatehouse.logs}`);
  await page.goto(link);
  await page.getByLabel('Your name').fill(OWNER.name);
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password').fill('too short');
  await expect(button(page, 'Create account')).toBeDisabled();
  await page.getByLabel('Password').fill(OWNER.password);
  await button(page, 'Create account').click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await expect(page.getByText('0 of 5 done')).toBeVisible();
}

const SECOND_IS_BROKEN = (url: string) => `{
  "mcpServers": {
    "calculator": { "url": "${url}" },
    "ledger": { "args": ["-y", "ledger-mcp"] }
  }
}`;

async function pasteServices(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Add a service' }).click();
  await expect(page.getByRole('heading', { name: 'Add your first service' })).toBeVisible();
  const text = SECOND_IS_BROKEN(upstream.url);
  await page.getByLabel('Configuration, URL or command').fill(text);
  const drawer = page.getByRole('dialog', { name: 'Add services' });
  await expect(drawer.getByText('1 of 2 understood')).toBeVisible();
  await expect(drawer.getByRole('button').filter({ hasText: '4:5' })).toBeVisible();
  await expect(drawer.getByLabel('Configuration, URL or command')).toHaveValue(text);
  await button(drawer, 'Continue').click();
  await drawer.getByLabel('Chinese name').fill('计算器');
  await drawer.getByLabel('English name').fill('Calculator');
  await drawer.getByLabel('Everyone').check();
  await button(drawer, 'Add 1 and check').click();
  await expect(drawer.getByText(/Works: \d+ tools/)).toBeVisible();
  await expect(drawer.getByText(/\d(\.\d+)? m?s/).first()).toBeVisible();
  await button(drawer, 'Done').click();
}

const serviceRow = (page: Page) => page.getByRole('row', { name: 'Calculator' });

async function becomesReady(page: Page): Promise<void> {
  await expect(serviceRow(page).getByText('Ready', { exact: true })).toBeVisible();
  await expect(serviceRow(page)).toContainText(/2026-07-28\s*\d+/);
  await button(page, '中').click();
  await expect(page.getByRole('row', { name: '计算器' })).toContainText('正常');
  await button(page, 'EN').click();
}

async function testTool(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Test Calculator' }).click();
  await button(page, 'Test connection').click();
  await expect(page.getByText(/Works: \d+ tools/)).toBeVisible();
  for (const step of ['Find the address', 'Connect', 'Agree on a protocol', 'List tools'])
    await expect(
      page
        .getByRole('listitem')
        .filter({ hasText: step })
        .getByText(/\d+(\.\d+)? m?s/),
    ).toBeVisible();
  await page.getByLabel('Tool', { exact: true }).selectOption('Add');
  await page.getByLabel('a', { exact: false }).and(page.locator('input')).first().fill('40');
  const second = page.locator('gh-schema-form input').nth(1);
  await button(page, 'Run').click();
  await expect(card(page, 'Result')).toContainText('Not sent');
  await second.fill('2');
  await button(page, 'Run').click();
  const result = card(page, 'Result');
  await expect(result).toContainText('Succeeded');
  await expect(result).toContainText('42');
  await result.getByRole('button', { name: 'Raw messages' }).click();
  await expect(result).toContainText('tools/call');
  await result.getByRole('button', { name: 'Timing' }).click();
  await expect(result.getByText('Checking arguments')).toBeVisible();
}

async function grantOneTool(page: Page): Promise<void> {
  await go(page, '/admin/people/users');
  await button(page, 'Add user').click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('Name').fill(LIN.name);
  await drawer.getByLabel('E-mail').fill(LIN.email);
  await button(drawer, 'Add').click();
  await toast(page, 'Lin Yue was added.');
  await page.getByRole('link', { name: 'Groups' }).click();
  await button(page, 'Add group').first().click();
  await drawer.getByLabel('Name').fill('Research');
  await button(drawer, 'Add').click();
  await page.getByRole('button', { name: 'Show the members of Research' }).click();
  await page.getByLabel('Type a name or e-mail').fill('lin');
  await page.getByRole('button', { name: 'Add Lin Yue' }).click();
  await expect(page.getByRole('button', { name: 'Remove Lin Yue from the group' })).toBeVisible();
  await page.keyboard.press('Escape');
  await explainGrant(page);
}

async function explainGrant(page: Page): Promise<void> {
  await go(page, '/admin/mcp/calculator/access');
  await page.getByRole('button', { name: 'Remove the grant of Everyone' }).click();
  await button(page.getByRole('alertdialog'), 'Remove').click();
  await expect(page.getByText('Nobody may use this service yet')).toBeVisible();
  const grants = page.locator('gh-grant-form');
  await grants.getByLabel('Group').selectOption('Research');
  await grants.getByLabel('What').selectOption('Add');
  await button(grants, 'Add').click();
  await expect(page.getByRole('row', { name: 'Research' })).toBeVisible();
  await grants.getByLabel('For').selectOption('Person');
  await grants.getByLabel('Person').fill(OWNER.email);
  await grants.getByLabel('What').selectOption('The whole service');
  await button(grants, 'Add').click();
  await expect(page.getByRole('row', { name: OWNER.email })).toBeVisible();
  const explain = card(page, 'Explain a decision');
  await explain.getByLabel('Person').fill(LIN.email);
  await explain.getByLabel('What').selectOption('Add');
  await button(explain, 'Explain').click();
  await expect(explain.getByText('Allowed.', { exact: true })).toBeVisible();
  await expect(explain.getByRole('list', { name: 'Rules that took part' })).toContainText('Research');
  await explain.getByLabel('What').selectOption('Echo');
  await button(explain, 'Explain').click();
  await expect(explain.getByText('Denied.', { exact: true })).toBeVisible();
}

async function addModel(page: Page): Promise<void> {
  await go(page, '/admin/settings/models');
  await button(page, 'Add provider').first().click();
  const drawer = page.getByRole('dialog', { name: 'Add provider' });
  await drawer.getByLabel('Name').fill('In-house');
  await drawer.getByLabel('Base URL').fill(llm.baseUrl);
  await drawer.getByLabel('API key').fill('sk-in-house');
  await drawer.getByLabel('Default model').fill(FAKE_LLM_MODEL);
  await button(drawer, 'Add').click();
  await expect(drawer).toBeHidden();
  await page.getByRole('button', { name: 'Test In-house' }).click();
  await expect(page.getByText(/It answered in/)).toBeVisible();
  expect(llm.authorizations).toContain('Bearer sk-in-house');
}

async function converse(page: Page): Promise<void> {
  await go(page, '/demo');
  const chat = new ChatWindow(page);
  await chat.open();
  await chat.chooseService('Calc');
  await chat.tag('Calculator').getByRole('button').click();
  await expect(chat.tag('Calculator')).toHaveCount(0);
  await chat.chooseService('Calc');
  await chat.say('Please add 20 and 22');
  const call = chat.call('Add: Done');
  await expect(call).toBeVisible();
  await expect(chat.answers.last()).toContainText('The sum is 42.');
  await expect(chat.answers.last().locator('strong')).toHaveText('42');
  await call.locator('summary').first().click();
  await expect(call.locator('dl')).toContainText('20');
  await expect(call.locator('pre')).toContainText(['42']);
}

async function runQuickTool(page: Page): Promise<void> {
  const chat = new ChatWindow(page);
  const asked = llm.requests.length;
  await chat.runTool('Echo', { text: 'without a model' });
  await chat.call('Echo: Done').locator('summary').first().click();
  await expect(chat.call('Echo: Done')).toContainText('without a model');
  expect(llm.requests).toHaveLength(asked);
}

async function surviveDeath(page: Page): Promise<void> {
  const console = await page.context().newPage();
  await go(console, '/admin/mcp');
  await expect(serviceRow(console).getByText('Ready', { exact: true })).toBeVisible();
  await upstream.close();
  await expect(serviceRow(console).getByText('Not answering', { exact: true })).toBeVisible({ timeout: TOLD_WITHIN });
  await expect(serviceRow(console)).toContainText('cannot be reached');
  await console.close();
  const chat = new ChatWindow(page);
  await chat.say('try again');
  const failure = chat.call('Add: Failed').locator('.failure');
  await expect(failure).toContainText('cannot be reached');
  await expect(failure.getByRole('button')).toHaveCount(1);
  await expect(chat.answers.last()).toContainText('does not answer at the moment');
  await chat.say('thank you');
  await expect(chat.answers.last()).toContainText('You are welcome.');
}

async function comeBack(page: Page): Promise<void> {
  await go(page, '/admin/mcp');
  await expect(serviceRow(page).getByText('Not answering', { exact: true })).toBeVisible();
  upstream = await startFakeMcpServer({ name: 'calculator', port: upstream.port });
  await expect(serviceRow(page).getByText('Ready', { exact: true })).toBeVisible({ timeout: BACK_WITHIN });
}

async function connectClient(page: Page): Promise<void> {
  await go(page, '/admin/keys');
  await button(page, 'Create key').first().click();
  await page.getByLabel('Name', { exact: true }).fill('Laptop');
  await button(page.getByRole('dialog'), 'Create').click();
  const secret = await page.getByRole('textbox', { name: 'API key' }).textContent();
  await button(page, 'I have copied it').click();
  await expect(page.getByText(secret ?? '')).toHaveCount(0);
  await expect(page.getByRole('row', { name: 'Laptop' })).toContainText('Active');
  const client = await connectMcp(gatehouse.url, secret ?? '', 'modern');
  try {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('calculator__echo');
    const refused = client.callTool({ name: 'calculator__echo', arguments: { text: 'hi', password: 'hunter2' } });
    await expect(refused).rejects.toThrow('The arguments do not fit the tool');
    const { content } = await client.callTool({ name: 'calculator__echo', arguments: { text: 'hello' } });
    expect(content).toEqual([{ type: 'text', text: 'hello' }]);
    await denyOwner(page, 'Echo');
    await expect(client.callTool({ name: 'calculator__echo', arguments: { text: 'hello' } })).rejects.toThrow();
  } finally {
    await client.close();
  }
}

async function denyOwner(page: Page, tool: string): Promise<void> {
  await go(page, '/admin/mcp/calculator/access');
  const grants = page.locator('gh-grant-form');
  await grants.getByLabel('Effect').selectOption('Deny');
  await grants.getByLabel('For').selectOption('Person');
  await grants.getByLabel('Person').fill(OWNER.email);
  await grants.getByLabel('What').selectOption(tool);
  await button(grants, 'Add').click();
  await expect(page.getByText('Deny', { exact: true }).nth(1)).toBeVisible();
}

async function readAudit(page: Page): Promise<void> {
  await go(page, '/admin/audit');
  const rows = page.getByRole('table', { name: 'Calls' }).getByRole('row');
  for (const door of ['MCP', 'Chat', 'Direct mode', 'Test panel'])
    await expect(rows.filter({ hasText: door }).first()).toBeVisible();
  await page.getByLabel('Outcome').selectOption('Denied');
  await expect(rows.filter({ hasText: 'Denied' })).toHaveCount(1);
  await button(page, 'Clear filters').click();
  await rows.filter({ hasText: 'arguments_invalid' }).getByRole('button').click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('region', { name: 'Request' })).toContainText('"password": "••••"');
  await expect(page.getByText('hunter2')).toHaveCount(0);
  await button(drawer, 'Close').click();
  await page.getByLabel('Tool, person or service').fill('add');
  await page.getByLabel('Door').selectOption('Chat');
  await rows.filter({ hasText: 'Success' }).getByRole('button').click();
  await expect(drawer).toContainText('Olivia Owner');
  await expect(drawer).toContainText('Allowed');
  await expect(drawer.getByRole('region', { name: 'Request' })).toContainText('22');
  await expect(drawer).toContainText('masked');
  await button(drawer, 'Close').click();
}

async function readUsage(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Usage' }).click();
  await expect(page.locator('gh-usage-chart canvas, gh-usage-chart svg').first()).toBeVisible();
  await page
    .getByRole('button', { name: 'Tool', exact: true })
    .or(page.getByRole('radio', { name: 'Tool' }))
    .click();
  const table = page.getByRole('table');
  await expect(table.getByRole('row', { name: /add/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /echo/ })).toBeVisible();
}
