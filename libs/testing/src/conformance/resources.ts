import { ResourceNotFoundError, type ReadResourceResult, type Server } from '@modelcontextprotocol/server';
import { PNG } from './samples.ts';

const STATIC = {
  'test://static-text': { mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
  'test://static-binary': { mimeType: 'image/png', blob: PNG },
  'test://watched-resource': { mimeType: 'text/plain', text: 'Somebody may watch this.' },
};
const TEMPLATE = /^test:\/\/template\/([^/]+)\/data$/;

/** Answers for resources and their templates; the same in both eras. */
export function serveResources(server: Server): void {
  server.setRequestHandler('resources/list', () => ({
    resources: Object.entries(STATIC).map(([uri, { mimeType }]) => ({
      uri,
      name: uri.replace('test://', ''),
      description: `A resource of the fixture, ${mimeType}.`,
      mimeType,
    })),
  }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [
      {
        uriTemplate: 'test://template/{id}/data',
        name: 'template',
        description: 'Data of one id.',
        mimeType: 'application/json',
      },
    ],
  }));
  server.setRequestHandler('resources/read', (request) => read(request.params.uri));
}

/** @throws {ResourceNotFoundError} */
function read(uri: string): ReadResourceResult {
  const found = Object.entries(STATIC).find(([known]) => known === uri)?.[1];
  if (found) return { contents: [{ uri, ...found }] };
  const id = TEMPLATE.exec(uri)?.[1];
  if (id === undefined) throw new ResourceNotFoundError(uri);
  const data = { id, templateTest: true, data: `Data for ID: ${id}` };
  return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(data) }] };
}
