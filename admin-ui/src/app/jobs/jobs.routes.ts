import type { Routes } from '@angular/router';
import { provideTexts } from '../i18n/scope';

export default [
  {
    path: '',
    providers: [provideTexts('jobs', { 'zh-CN': () => import('./i18n/zh'), en: () => import('./i18n/en') })],
    loadComponent: () => import('./jobs-page'),
  },
] satisfies Routes;
