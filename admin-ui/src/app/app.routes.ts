import type { Routes } from '@angular/router';
import { needs, signedIn, signedOut } from './session/guards';

export const routes: Routes = [
  { path: 'sign-in', canActivate: [signedOut], loadComponent: () => import('./session/sign-in') },
  { path: 'setup', canActivate: [signedOut], loadComponent: () => import('./session/set-up') },
  { path: 'unreachable', loadComponent: () => import('./session/unreachable') },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell/shell'),
    children: [
      { path: '', pathMatch: 'full', loadChildren: () => import('./overview/overview.routes') },
      { path: 'mcp', loadChildren: () => import('./services/services.routes') },
      {
        path: 'profiles',
        canActivate: [needs('services:read')],
        loadChildren: () => import('./profiles/profiles.routes'),
      },
      { path: 'people', canActivate: [needs('users:read')], loadChildren: () => import('./people/people.routes') },
      { path: 'audit', loadChildren: () => import('./audit/audit.routes') },
      { path: 'jobs', loadChildren: () => import('./jobs/jobs.routes') },
      {
        path: 'inspector',
        canActivate: [needs('inspector:read')],
        loadChildren: () => import('./inspector/inspector.routes'),
      },
      { path: 'usage', loadChildren: () => import('./usage/usage.routes') },
      { path: 'settings', loadChildren: () => import('./settings/settings.routes') },
      { path: 'keys', canActivate: [needs('api-keys:own')], loadChildren: () => import('./keys/keys.routes') },
      { path: 'forbidden', loadComponent: () => import('./session/forbidden') },
      { path: '**', loadComponent: () => import('./shell/not-found') },
    ],
  },
];
