import './no-eval.js';
import { AppElement } from './app-element.js';

if (!customElements.get('gatehouse-app')) customElements.define('gatehouse-app', AppElement);
