import type { Routes } from '@angular/router';
import { provideTexts } from '../i18n/scope';

export default [
  {
    path: '',
    providers: [provideTexts('usage', { 'zh-CN': () => import('./i18n/zh'), en: () => import('./i18n/en') })],
    loadComponent: () => import('./usage-page'),
  },
] satisfies Routes;
