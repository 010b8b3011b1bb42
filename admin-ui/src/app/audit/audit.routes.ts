import type { Routes } from '@angular/router';
import { provideTexts } from '../i18n/scope';
import { needs } from '../session/guards';

export default [
  {
    path: '',
    providers: [provideTexts('audit', { 'zh-CN': () => import('./i18n/zh'), en: () => import('./i18n/en') })],
    loadComponent: () => import('./audit-page'),
    children: [
      { path: '', pathMatch: 'full', loadComponent: () => import('./calls/calls-tab') },
      { path: 'trail', canActivate: [needs('audit:read')], loadComponent: () => import('./trail/trail-tab') },
    ],
  },
] satisfies Routes;
