import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTestTexts } from '../../../testing/texts';
import en from '../i18n/en';
import zh from '../i18n/zh';
import { HiddenNote } from './hidden-note';

@Component({ imports: [HiddenNote], template: '<gh-hidden-note [count]="count()" />' })
class Host {
  readonly count = signal(0);
}

it('a tool that hid something says so, and how much', async () => {
  TestBed.configureTestingModule({ providers: [provideTestTexts({ services: { en, zh } })] });
  const fixture = TestBed.createComponent(Host);
  const text = (): string => (fixture.nativeElement as HTMLElement).textContent?.replace(/\s+/g, ' ').trim() ?? '';
  await fixture.whenStable();
  expect(text()).toBe('');
  fixture.componentInstance.count.set(14);
  await fixture.whenStable();
  expect(text()).toContain('14 hidden characters removed');
});
