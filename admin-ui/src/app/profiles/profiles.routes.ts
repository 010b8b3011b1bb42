import { DisconnectOutline, LinkOutline, ToolOutline } from '@ant-design/icons-angular/icons';
import type { Routes } from '@angular/router';
import { provideNzIconsPatch } from 'ng-zorro-antd/icon';
import { provideTexts } from '../i18n/scope';

export default [
  {
    path: '',
    providers: [
      provideTexts('profiles', { 'zh-CN': () => import('./i18n/zh'), en: () => import('./i18n/en') }),
      // What to paste into a client is said where keys are made, too.
      provideTexts('keys', { 'zh-CN': () => import('../keys/i18n/zh'), en: () => import('../keys/i18n/en') }),
      provideNzIconsPatch([DisconnectOutline, LinkOutline, ToolOutline]),
    ],
    loadComponent: () => import('./list/profiles-page'),
  },
] satisfies Routes;
