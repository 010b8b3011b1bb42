import { expect, type Locator, type Page } from '@playwright/test';

/** The chat widget on a page, as somebody who speaks English uses it. */
export class ChatWindow {
  readonly element: Locator;
  readonly answers: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.element = page.locator('gatehouse-chat');
    this.answers = this.element.locator('.answer');
  }

  get message(): Locator {
    return this.element.getByLabel('Message', { exact: true });
  }

  /** A chosen service, above the text. */
  tag(name: string): Locator {
    return this.element.getByRole('list', { name: 'Chosen services' }).getByRole('listitem').filter({ hasText: name });
  }

  /** A tool call, by its title and state, for example `Add: Done`; the newest of several. */
  call(label: string): Locator {
    return this.element.getByRole('article', { name: label }).last();
  }

  async open(): Promise<void> {
    await this.element.getByRole('button', { name: 'Open chat' }).click();
    await expect(this.message).toBeEnabled();
  }

  /** Finds a service by a part of its name and chooses the first. */
  async chooseService(query: string): Promise<void> {
    await this.element.locator('[data-panel=services]').click();
    const search = this.element.getByRole('combobox');
    await search.fill(query);
    await this.element.getByRole('option').first().click();
    await this.page.keyboard.press('Escape');
    await expect(this.tag(query)).toBeVisible();
  }

  /** Says something when it is this person's turn: while an answer is being written, Enter sends nothing. */
  async say(text: string): Promise<void> {
    await this.message.fill(text);
    await expect(this.element.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
    await this.message.press('Enter');
  }

  /** Runs a tool by its form, without the model. */
  async runTool(title: string, args: Record<string, string>): Promise<void> {
    await this.element.locator('[data-panel=tools]').click();
    await this.element.getByRole('combobox').fill(title);
    await this.element.getByRole('option', { name: title }).first().click();
    for (const [name, value] of Object.entries(args)) await this.element.getByLabel(name).fill(value);
    await this.element.getByRole('button', { name: 'Run' }).click();
  }
}
