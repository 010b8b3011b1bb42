import { TestBed } from '@angular/core/testing';
import { provideTestTexts } from '../../testing/texts';
import en from './i18n/en';
import zh from './i18n/zh';
import { NeedsYou } from './needs-you';

async function shown(disk: { freeBytes: number; totalBytes: number } | null): Promise<string> {
  TestBed.configureTestingModule({ providers: [provideTestTexts({ overview: { en, zh } })] });
  const fixture = TestBed.createComponent(NeedsYou);
  fixture.componentRef.setInput('concerns', []);
  fixture.componentRef.setInput('disk', disk);
  await fixture.whenStable();
  return (fixture.nativeElement as HTMLElement).textContent;
}

describe('what needs somebody', () => {
  it('is a disk that is nearly full, with what to do about it', async () => {
    const text = await shown({ freeBytes: 41, totalBytes: 1000 });
    expect(text).toMatch(/Nearly full.*Only 4.1% of the disk .* is free\..*Make room/s);
    expect(text).not.toContain('Nothing waits for you');
  });

  it('is nothing while there is room', async () => {
    expect(await shown(null)).toContain('Nothing waits for you');
  });
});
