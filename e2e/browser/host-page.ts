import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { freePort } from '@gatehouse/testing';
import type { Product } from '../support/product.ts';

/** A web page of another company's making, on an origin of its own, that embeds the chat under a strict policy. */
export interface HostPage {
  origin: string;
  /** Hands out tokens; set it to have the page's server say something else. Undefined: nobody is signed in. */
  token: () => Promise<string | undefined>;
  close(): Promise<void>;
}

export interface EmbedAppView {
  id: string;
  secret: string;
}

const PAGE = (gateway: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Intranet</title>
    <link rel="icon" href="data:," />
    <script src="${gateway}/embed/v1/chat.js" defer></script>
    <script src="/host.js" defer></script>
  </head>
  <body>
    <main>
      <h1>Intranet</h1>
      <p>Somebody else's page.</p>
      <button type="button">A button of the page</button>
    </main>
    <gatehouse-chat gateway="${gateway}"></gatehouse-chat>
  </body>
</html>`;

const SCRIPT = `document.querySelector('gatehouse-chat').getToken = async () => {
  const response = await fetch('/token', { method: 'POST' });
  if (!response.ok) throw new Error('not signed in');
  return response.text();
};`;

/** Nothing inline, no styles at all; only the gateway may be loaded from and asked, only its apps framed. */
const POLICY = (gateway: string, apps: string) =>
  [
    "default-src 'none'",
    `script-src 'self' ${gateway}`,
    `connect-src 'self' ${gateway}`,
    'img-src data:',
    `frame-src ${apps}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

/** Serves the page on a free port; its tokens come from `app`, for the product's owner. @param apps the origin of MCP Apps */
export async function startHostPage(
  product: Product,
  app: EmbedAppView,
  origin?: string,
  apps = "'none'",
): Promise<HostPage> {
  const gateway = product.gatehouse.url;
  const port = origin ? Number(new URL(origin).port) : await freePort();
  const own = `http://localhost:${port}`;
  const host: HostPage = { origin: own, token: () => openSession(product, app, own), close: () => Promise.resolve() };
  const answers: Record<string, (response: ServerResponse) => Promise<unknown>> = {
    'GET /': async (response) => response.setHeader('Content-Type', 'text/html').end(PAGE(gateway)),
    'GET /host.js': async (response) => response.setHeader('Content-Type', 'text/javascript').end(SCRIPT),
    'POST /token': async (response) => {
      const token = await host.token();
      response.writeHead(token ? 200 : 401).end(token);
    },
  };
  const serve = async ({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('Content-Security-Policy', POLICY(gateway, apps));
    const answer = answers[`${method} ${url}`];
    if (answer) await answer(response);
    else response.writeHead(404).end();
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(port, 'localhost', listening));
  host.close = () =>
    new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return host;
}

/** What the page's server does for somebody who is signed in there. */
export async function openSession(product: Product, app: EmbedAppView, origin: string): Promise<string> {
  const draft = { user: { email: 'owner@example.org' }, origin, language: 'en' };
  const caller = product.gatehouse.caller(app.secret);
  return (await caller.call<{ token: string }>('POST', '/api/embed/sessions', draft)).token;
}
