import { config } from 'zod/v4/core';
import { AppElement } from './app-element.js';

// Compiled validators need `unsafe-eval`, which the page around us rightly does not allow.
config({ jitless: true });

if (!customElements.get('gatehouse-app')) customElements.define('gatehouse-app', AppElement);
