import {
  ClockCircleOutline,
  CodeOutline,
  DisconnectOutline,
  FileOutline,
  FileTextOutline,
  FilterOutline,
  FormOutline,
  LinkOutline,
  MessageOutline,
  PoweroffOutline,
  SafetyCertificateOutline,
  TagOutline,
  ToolOutline,
  UploadOutline,
} from '@ant-design/icons-angular/icons';
import type { Routes } from '@angular/router';
import { provideNzIconsPatch } from 'ng-zorro-antd/icon';
import { provideTexts } from '../i18n/scope';
import { needs } from '../session/guards';

/** The icons that only these pages use. */
const ICONS = [
  ClockCircleOutline,
  CodeOutline,
  DisconnectOutline,
  FileOutline,
  FileTextOutline,
  FilterOutline,
  FormOutline,
  LinkOutline,
  MessageOutline,
  PoweroffOutline,
  SafetyCertificateOutline,
  TagOutline,
  ToolOutline,
  UploadOutline,
];

export default [
  {
    path: '',
    providers: [
      provideTexts('services', { 'zh-CN': () => import('./i18n/zh'), en: () => import('./i18n/en') }),
      provideNzIconsPatch(ICONS),
    ],
    children: [
      { path: '', loadComponent: () => import('./list/services-page') },
      {
        path: ':id',
        loadComponent: () => import('./detail/service-page'),
        children: [
          { path: '', pathMatch: 'full', redirectTo: 'overview' },
          { path: 'overview', loadComponent: () => import('./detail/overview-tab') },
          { path: 'tools', loadComponent: () => import('./tools/tools-tab') },
          { path: 'resources', loadComponent: () => import('./resources/resources-tab') },
          { path: 'prompts', loadComponent: () => import('./prompts/prompts-tab') },
          { path: 'access', loadComponent: () => import('./access/access-tab') },
          { path: 'test', canActivate: [needs('services:test')], loadComponent: () => import('./test-panel/test-tab') },
          {
            path: 'settings',
            canActivate: [needs('services:write')],
            loadComponent: () => import('./detail/settings-tab'),
          },
        ],
      },
    ],
  },
] satisfies Routes;
