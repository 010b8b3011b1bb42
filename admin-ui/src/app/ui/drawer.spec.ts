import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTestTexts } from '../../testing/texts';
import { Drawer } from './drawer';

@Component({
  imports: [Drawer],
  template: `
    <button id="opener" (click)="open.set(true)">open</button>
    @if (open()) {
      <gh-drawer heading="Edit user" (closing)="open.set(false)">
        <input id="first" cdkFocusInitial />
        <button drawer-foot>Save</button>
      </gh-drawer>
    }
  `,
})
class Host {
  readonly open = signal(false);
}

const dialog = () => document.querySelector<HTMLElement>('[role=dialog]');

async function openDrawer() {
  TestBed.configureTestingModule({ providers: [provideTestTexts()] });
  const fixture = TestBed.createComponent(Host);
  document.body.append(fixture.nativeElement as HTMLElement);
  await fixture.whenStable();
  const opener = document.getElementById('opener')!;
  opener.focus();
  opener.click();
  await fixture.whenStable();
  return fixture;
}

describe('the drawer', () => {
  it('is a modal dialog named by its title', async () => {
    await openDrawer();
    const name = document.getElementById(dialog()?.getAttribute('aria-labelledby') ?? '');
    expect(name?.textContent).toBe('Edit user');
    expect(dialog()?.getAttribute('aria-modal')).toBe('true');
    expect(dialog()?.textContent).toContain('Save');
  });

  it('starts at the field that is marked for it', async () => {
    await openDrawer();
    expect(document.activeElement?.id).toBe('first');
  });

  it('closes with Esc, and gives the focus back', async () => {
    const fixture = await openDrawer();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 27, bubbles: true }));
    await fixture.whenStable();
    expect(dialog()).toBeNull();
    expect(document.activeElement?.id).toBe('opener');
  });

  it('does not close with Esc while an input method is composing', async () => {
    const fixture = await openDrawer();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true }));
    await fixture.whenStable();
    expect(dialog()).not.toBeNull();
  });

  it('closes when its page goes away', async () => {
    const fixture = await openDrawer();
    fixture.destroy();
    await Promise.resolve();
    expect(dialog()).toBeNull();
  });
});
