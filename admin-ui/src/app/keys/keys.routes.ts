import type { Routes } from '@angular/router';
import { provideTexts } from '../i18n/scope';

export default [
  {
    path: '',
    providers: [provideTexts('keys', { 'zh-CN': () => import('./i18n/zh'), en: () => import('./i18n/en') })],
    loadComponent: () => import('./keys-page'),
    children: [
      { path: '', pathMatch: 'full', loadComponent: () => import('./list/keys-tab') },
      { path: 'connect', loadComponent: () => import('./connect/connect-tab') },
    ],
  },
] satisfies Routes;
