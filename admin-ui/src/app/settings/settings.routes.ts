import { inject } from '@angular/core';
import { Router, type CanActivateFn, type Routes } from '@angular/router';
import { provideTexts } from '../i18n/scope';
import { needs } from '../session/guards';
import { Session } from '../session/session';
import { visibleTabs } from './settings-tabs';

/** The first tab that one may open. */
const firstTab: CanActivateFn = () => {
  const [first] = visibleTabs(inject(Session).permissions());
  return inject(Router).createUrlTree(['/settings', first?.path ?? 'account']);
};

export default [
  {
    path: '',
    providers: [provideTexts('settings', { 'zh-CN': () => import('./i18n/zh'), en: () => import('./i18n/en') })],
    loadComponent: () => import('./settings-page'),
    children: [
      { path: '', pathMatch: 'full', canActivate: [firstTab], children: [] },
      { path: 'models', canActivate: [needs('settings:read')], loadComponent: () => import('./llm/llm-tab') },
      { path: 'embedding', canActivate: [needs('embed:write')], loadComponent: () => import('./embedding/embed-tab') },
      { path: 'limits', canActivate: [needs('limits:read')], loadComponent: () => import('./limits/limits-tab') },
      { path: 'account', loadComponent: () => import('./account/account-tab') },
    ],
  },
] satisfies Routes;
