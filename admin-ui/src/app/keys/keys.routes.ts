import type { Routes } from '@angular/router';

export default [{ path: '', loadComponent: () => import('./keys-page') }] satisfies Routes;
