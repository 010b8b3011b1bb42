import { createServer } from 'node:http';
import { localhostAllowedHostnames, validateHostHeader } from '@modelcontextprotocol/server';
import { LegacyFixture } from './legacy.ts';
import { modernFixture } from './modern.ts';

export type ConformanceEra = 'modern' | 'legacy';

export interface RunningFixture {
  /** Where clients connect, e.g. `http://127.0.0.1:41234/mcp`. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the service that the official conformance suite expects: tools, resources and prompts under its exact names,
 * in one era only, on a free port of loopback.
 */
export async function startConformanceFixture(era: ConformanceEra): Promise<RunningFixture> {
  const fixture = era === 'modern' ? modernFixture() : new LegacyFixture();
  const server = createServer((request, response) => {
    // A page elsewhere may have pointed its own name at this machine.
    if (!validateHostHeader(request.headers.host, localhostAllowedHostnames()).ok) {
      response.writeHead(403).end();
      return;
    }
    fixture.handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fixture has no port.');
  const close = async (): Promise<void> => {
    await fixture.close();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  return { url: `http://127.0.0.1:${address.port}/mcp`, close };
}
