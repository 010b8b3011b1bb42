export { apiDocument, serveApiDocument } from './api-document.js';
export { dataHeaders, securityHeaders } from './security-headers.js';
export { serveStaticPages } from './static-pages.js';
