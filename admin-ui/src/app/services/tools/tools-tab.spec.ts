import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { Tool, ToolReview } from '@gatehouse/api-client';
import { FakeServer } from '../../../testing/fake-server';
import { provideTestTexts } from '../../../testing/texts';
import { HTTP } from '../../api/http';
import { Live } from '../../live/live';
import { Session } from '../../session/session';
import { ServiceStore } from '../detail/service-store';
import en from '../i18n/en';
import zh from '../i18n/zh';
import ToolsTab from './tools-tab';

const review: ToolReview = { state: 'accepted', hash: 'h', reason: null, since: '2026-11-28', by: null, changes: [] };
const held: ToolReview = { ...review, state: 'held', reason: 'suspicious' };
const change = { path: 'description', before: 'a', after: 'b', marks: [] };
const tool = (name: string, of: ToolReview): Tool =>
  ({ name, title: null, description: null, hiddenCharacters: 0, inputSchema: {}, class: 'read', review: of }) as Tool;

async function visit(address: string) {
  const items = [tool('fine', review), tool('bad', held), tool('other', { ...review, changes: [change] })];
  const server = new FakeServer({
    'GET /api/mcp/services/files': () => ({ id: 's1', can: { edit: true }, health: {} }),
    'GET /api/mcp/services/files/tools': () => ({ items, nextCursor: null }),
    'PUT /api/mcp/services/files/tools/bad/review': () => ({ ...items[1], review }),
  });
  TestBed.configureTestingModule({
    providers: [
      provideTestTexts({ services: { en, zh } }),
      provideRouter([{ path: 'tools', component: ToolsTab }]),
      { provide: HTTP, useValue: server.http },
      { provide: Live, useValue: { health: signal(new Map()), on: () => () => undefined } },
      { provide: Session, useValue: { may: () => true } },
      ServiceStore,
    ],
  });
  await TestBed.inject(ServiceStore).open('files');
  const harness = await RouterTestingHarness.create(address);
  const element = harness.routeNativeElement as HTMLElement;
  await harness.fixture.whenStable();
  const rows = () => [...element.querySelectorAll('td.name')].map((one) => one.textContent.replace(/\s+/g, ' ').trim());
  const press = async (text: string) => {
    [...element.querySelectorAll('button')].find((one) => one.textContent.trim() === text)?.click();
    await harness.fixture.whenStable();
  };
  return { rows, press };
}

describe('the tools of a service', () => {
  it('say which of them are held, and which say something else than before', async () => {
    expect((await visit('/tools')).rows()).toEqual(['fine', 'bad Held for review', 'other Changed']);
  });

  it('are those that are held by a link, and all of them again by the button', async () => {
    const { rows, press } = await visit('/tools?held=1');
    expect(rows()).toEqual(['bad Held for review']);
    await press('Held only (1)');
    expect(TestBed.inject(Router).url).toBe('/tools');
    expect(rows()).toHaveLength(3);
  });

  it('keep the opened one in sight when it was accepted', async () => {
    const { rows, press } = await visit('/tools?held=1');
    await press('bad');
    await press('Accept');
    expect(rows()).toEqual(['bad']);
  });
});
