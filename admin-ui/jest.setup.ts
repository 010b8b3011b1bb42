import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';

setupZonelessTestEnv();

// jsdom lays nothing out: without a width everything counts as hidden, and focus goes nowhere.
Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { get: () => 1 });
