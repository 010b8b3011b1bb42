import type { Routes } from '@angular/router';
import { provideTexts } from '../i18n/scope';
import { PeopleOptions } from '../services/access/people-options';
import { RequestDraft } from './request/request-draft';

export default [
  {
    path: '',
    providers: [
      provideTexts('inspector', { 'zh-CN': () => import('./i18n/zh'), en: () => import('./i18n/en') }),
      PeopleOptions,
      RequestDraft,
    ],
    loadComponent: () => import('./inspector-page'),
    children: [
      { path: '', pathMatch: 'full', loadComponent: () => import('./clients/clients-tab') },
      { path: 'request', loadComponent: () => import('./request/request-tab') },
    ],
  },
] satisfies Routes;
