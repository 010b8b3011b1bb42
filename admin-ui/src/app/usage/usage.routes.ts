import type { Routes } from '@angular/router';

export default [{ path: '', loadComponent: () => import('./usage-page') }] satisfies Routes;
