import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { Service } from '@gatehouse/api-client';
import { FakeServer, Refusal, type Answer } from '../../../testing/fake-server';
import { provideTestTexts } from '../../../testing/texts';
import { HTTP } from '../../api/http';
import { Confirm } from '../../ui/confirm';
import en from '../i18n/en';
import zh from '../i18n/zh';
import { CommandPin } from './command-pin';

const PIN = { algorithm: 'sha256', digest: '0123456789abcdef'.repeat(4), files: 1_234, bytes: 2_000 } as const;
const PLAIN = { id: 's1', name: 'Some', version: 7, config: { connect: 'on-demand' } } as Service;
const PINNED: Service = { ...PLAIN, config: { connect: 'on-demand', pin: PIN } };

@Component({ imports: [CommandPin], template: '<gh-command-pin [service]="service()" (changed)="count()" />' })
class Host {
  readonly service = signal(PLAIN);
  changes = 0;

  count(): void {
    this.changes += 1;
  }
}

async function show(service: Service, routes: Record<string, Answer>) {
  const server = new FakeServer(routes);
  TestBed.configureTestingModule({
    providers: [
      provideTestTexts({ services: { en, zh } }),
      { provide: HTTP, useValue: server.http },
      { provide: Confirm, useValue: { ask: () => Promise.resolve(true) } },
    ],
  });
  const fixture = TestBed.createComponent(Host);
  fixture.componentInstance.service.set(service);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const press = async (label: string): Promise<void> => {
    const buttons = [...element.querySelectorAll('button')];
    buttons.find(({ textContent }) => textContent?.trim() === label)?.click();
    await fixture.whenStable();
  };
  const text = (): string => element.textContent?.replace(/\s+/g, ' ') ?? '';
  return { server, press, text, host: fixture.componentInstance };
}

describe('the pin of a command', () => {
  it('is made of the version that is shown', async () => {
    const bodies: unknown[] = [];
    const { press, text, host } = await show(PLAIN, {
      'POST /api/mcp/services/s1/pin': ({ body }) => (bodies.push(body), PIN),
    });
    expect(text()).toContain('Not pinned.');
    expect(text()).not.toContain('Remove pin');
    await press('Pin');
    expect([bodies, host.changes]).toEqual([[{ version: 7 }], 1]);
  });

  it('is shown short, and can be taken away', async () => {
    const { server, press, text, host } = await show(PINNED, { 'DELETE /api/mcp/services/s1/pin': () => undefined });
    expect(text()).toMatch(/Files: 1,234, size: 2\.0 kB, digest: 0123456789ab /);
    await press('Remove pin');
    expect([server.asked, host.changes]).toEqual([['DELETE /api/mcp/services/s1/pin'], 1]);
  });

  it('says why it was refused', async () => {
    const { press, text, host } = await show(PINNED, {
      'POST /api/mcp/services/s1/pin': () => new Refusal(422, 'command_unpinnable'),
    });
    await press('Pin again');
    expect(text()).toMatch(/command_unpinnable\. ?Do something\./);
    expect(host.changes).toBe(0);
  });
});
