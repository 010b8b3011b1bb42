import { ChatElement } from './chat-element.js';

// A page may carry the script twice; the first one stays.
if (!customElements.get('gatehouse-chat')) customElements.define('gatehouse-chat', ChatElement);
