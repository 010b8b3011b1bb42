import { ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTestTexts } from '../../testing/texts';
import { Confirm } from './confirm';

const buttons = () => [...document.querySelectorAll<HTMLButtonElement>('[role=alertdialog] button')];

/** The dialog is there once the question was asked; the answer comes with a click. */
async function ask(): Promise<{ answer: Promise<boolean> }> {
  TestBed.configureTestingModule({ providers: [provideTestTexts()] });
  const question = { title: 'Delete?', text: 'It is gone then.', act: 'Delete', destructive: true };
  const answer = TestBed.inject(Confirm).ask(question);
  await TestBed.inject(ApplicationRef).whenStable();
  return { answer };
}

describe('a question', () => {
  it('is an alert dialog with a name and a description', async () => {
    const { answer } = await ask();
    const box = document.querySelector('[role=alertdialog]');
    expect(document.getElementById(box?.getAttribute('aria-labelledby') ?? '')?.textContent).toBe('Delete?');
    expect(document.getElementById(box?.getAttribute('aria-describedby') ?? '')?.textContent).toBe('It is gone then.');
    buttons()[0]?.click();
    await answer;
  });

  it('starts at Cancel when it cannot be undone', async () => {
    const { answer } = await ask();
    expect(document.activeElement?.textContent).toContain('Cancel');
    buttons()[0]?.click();
    expect(await answer).toBe(false);
  });

  it('is agreed to with the act', async () => {
    const { answer } = await ask();
    buttons()
      .find((button) => button.textContent.includes('Delete'))
      ?.click();
    expect(await answer).toBe(true);
  });

  it('is declined with Esc', async () => {
    const { answer } = await ask();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 27, bubbles: true }));
    expect(await answer).toBe(false);
  });
});
