export { apiDocument, serveApiDocument } from './api-document.js';
export { securityHeaders } from './security-headers.js';
export { serveStaticPages } from './static-pages.js';
