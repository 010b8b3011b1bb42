import { Location } from '@angular/common';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, type Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { Me } from '@gatehouse/api-client';
import { ROLE_PRESETS } from '@gatehouse/contracts';
import { HTTP } from '../api/http';
import { FakeServer, Refusal, type Answer } from '../../testing/fake-server';
import { provideTestTexts } from '../../testing/texts';
import { needs, signedIn, signedOut } from './guards';
import { Session } from './session';

@Component({ template: '' })
class Blank {}

@Component({ template: '' })
class Refused {}

const ROUTES: Routes = [
  { path: 'sign-in', canActivate: [signedOut], component: Blank },
  { path: 'setup', component: Blank },
  { path: 'forbidden', component: Refused },
  { path: 'unreachable', component: Refused },
  {
    path: '',
    canActivate: [signedIn],
    children: [
      { path: '', pathMatch: 'full', component: Blank },
      { path: 'people', canActivate: [needs('users:read')], component: Blank },
    ],
  },
];

const member = { id: 'u1', permissions: [...ROLE_PRESETS.member], language: null } as unknown as Me;

async function visit(address: string, routes: Record<string, Answer>) {
  const server = new FakeServer({ 'GET /api/setup': () => ({ required: false }), ...routes });
  TestBed.configureTestingModule({
    providers: [provideTestTexts(), provideRouter(ROUTES), { provide: HTTP, useValue: server.http }],
  });
  const harness = await RouterTestingHarness.create(address);
  return { url: TestBed.inject(Router).url, page: harness.routeDebugElement?.componentInstance as unknown };
}

const auditor = { ...member, permissions: [...ROLE_PRESETS.auditor] };

const nobody = () => new Refusal(401, 'auth_required');

describe('who may go where', () => {
  it('sends a stranger to sign-in, and remembers the way', async () =>
    expect((await visit('/people', { 'GET /api/auth/me': nobody })).url).toBe('/sign-in?next=%2Fpeople'));

  it('sends the first visitor to set-up', async () => {
    const routes = { 'GET /api/auth/me': nobody, 'GET /api/setup': () => ({ required: true }) };
    expect((await visit('/', routes)).url).toBe('/setup');
  });

  it('says so when the server cannot be asked, and asks again at the next try', async () => {
    let down = true;
    const me = () => (down ? new Refusal(503, 'shutting_down') : member);
    expect((await visit('/', { 'GET /api/auth/me': me })).page).toBeInstanceOf(Refused);
    down = false;
    await TestBed.inject(Session).restore();
    expect(TestBed.inject(Session).me()?.id).toBe('u1');
  });

  it('does not ask a signed-in person to sign in', async () =>
    expect((await visit('/sign-in', { 'GET /api/auth/me': () => member })).url).toBe('/'));

  it('shows a page to those with its permission', async () =>
    expect((await visit('/people', { 'GET /api/auth/me': () => auditor })).page).toBeInstanceOf(Blank));

  it('shows a refusal at the address itself to those without the permission', async () => {
    const { page } = await visit('/people', { 'GET /api/auth/me': () => member });
    expect(page).toBeInstanceOf(Refused);
    expect(TestBed.inject(Location).path()).not.toContain('forbidden');
  });
});
