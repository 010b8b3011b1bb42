import type { Routes } from '@angular/router';

export default [{ path: '', loadComponent: () => import('./overview-page') }] satisfies Routes;
