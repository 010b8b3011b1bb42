import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { Overview } from '@gatehouse/api-client';
import { provideTestTexts } from '../../testing/texts';
import en from './i18n/en';
import zh from './i18n/zh';
import { NeedsYou } from './needs-you';
import type { HeldService } from './overview-store';

async function shown(disk: Overview['disk'], held: HeldService[] = []): Promise<HTMLElement> {
  TestBed.configureTestingModule({ providers: [provideTestTexts({ overview: { en, zh } }), provideRouter([])] });
  const fixture = TestBed.createComponent(NeedsYou);
  fixture.componentRef.setInput('concerns', []);
  fixture.componentRef.setInput('disk', disk);
  fixture.componentRef.setInput('held', held);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

describe('what needs somebody', () => {
  it('is a disk that is nearly full, with what to do about it', async () => {
    const text = (await shown({ freeBytes: 41, totalBytes: 1000 })).textContent;
    expect(text).toMatch(/Nearly full.*Only 4.1% of the disk .* is free\..*Make room/s);
    expect(text).not.toContain('Nothing waits for you');
  });

  it('is every service with tools that are held, with the way to them', async () => {
    const held = [
      { slug: 'docs', name: 'docs', displayName: { en: 'Documents', zh: '文档' }, tools: 3 },
      { slug: 'crm', name: 'Customers', displayName: {}, tools: 1 },
    ];
    const page = await shown(null, held);
    expect(page.querySelector('.count')?.textContent).toBe('2');
    expect(page.textContent).toMatch(/3 tools of Documents wait for review.*1 tool of Customers waits for review/s);
    expect(page.textContent).not.toContain('Nothing waits for you');
    expect([...page.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      '/mcp/docs/tools?held=1',
      '/mcp/crm/tools?held=1',
    ]);
  });

  it('is nothing while there is room', async () => {
    expect((await shown(null)).textContent).toContain('Nothing waits for you');
  });
});
