/** How MCP Apps is named in the capabilities of both sides (SEP-1865). */
export const APPS_EXTENSION = 'io.modelcontextprotocol/ui';
/** The only kind of app there is so far: a page of HTML. */
export const APP_MIME_TYPE = 'text/html;profile=mcp-app';

/**
 * How we say that we relay MCP Apps, to services and to clients alike. Services hear it with every request, whoever is
 * behind it: their lists are shared, and clients that render no apps are kept from them by us.
 */
export const APPS_CAPABILITY = { [APPS_EXTENSION]: { mimeTypes: [APP_MIME_TYPE] } };
