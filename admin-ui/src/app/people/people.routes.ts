import type { Routes } from '@angular/router';
import { provideTexts } from '../i18n/scope';
import { needs } from '../session/guards';

export default [
  {
    path: '',
    providers: [provideTexts('people', { 'zh-CN': () => import('./i18n/zh'), en: () => import('./i18n/en') })],
    loadComponent: () => import('./people-page'),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'users' },
      { path: 'users', canActivate: [needs('users:read')], loadComponent: () => import('./users/users-tab') },
      { path: 'groups', canActivate: [needs('groups:read')], loadComponent: () => import('./groups/groups-tab') },
      { path: 'roles', canActivate: [needs('users:read')], loadComponent: () => import('./roles/roles-tab') },
    ],
  },
] satisfies Routes;
