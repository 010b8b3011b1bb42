import type { Routes } from '@angular/router';

export default [{ path: '', loadComponent: () => import('./people-page') }] satisfies Routes;
