export { apiDocument, serveApiDocument } from './api-document.js';
export { securityHeaders, strictTransport } from './security-headers.js';
export { serveStaticPages } from './static-pages.js';
