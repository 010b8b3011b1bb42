import type { ClientCapabilities } from '@modelcontextprotocol/client';
import { APPS_CAPABILITY } from '../apps-extension.js';

/** How we introduce ourselves to services. */
export const CLIENT_INFO = { name: 'gatehouse', title: 'Gatehouse', version: '0.1.0' };

/** No more than this of our own: a modern service is told with each request what the caller's client can do. */
export const OWN_CAPABILITIES: ClientCapabilities = { extensions: APPS_CAPABILITY };
