import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type Request, type Response } from 'express';
import { consolePolicy, newNonce } from './security-headers.js';

const YEAR_SECONDS = 31_536_000;

/** Where the built front ends are, relative to the root of the installation. */
export interface StaticPlaces {
  console: string;
  widget: string;
}

/** Serves the console under /admin and the widget's script. Called before Nest adds its own routes. */
export function serveStaticPages(app: Express, places: StaticPlaces): void {
  app.get('/', (_request, response) => response.redirect(302, '/admin/'));
  app.use('/embed/v1', express.static(places.widget, { index: false, redirect: false, setHeaders: shareScript }));
  app.use(
    '/admin',
    express.static(places.console, {
      index: false,
      redirect: false,
      setHeaders: (response, file) => response.setHeader('Cache-Control', keepFor(file)),
    }),
  );
  const index = join(places.console, 'index.html');
  const template = existsSync(index) ? readFileSync(index, 'utf8') : undefined;
  app.get(['/admin', '/admin/{*page}'], (request, response, next) => {
    if (!template || looksLikeFile(request)) return next();
    sendConsole(response, template);
  });
}

/** Most names of built files carry a hash of their content; the few that do not are asked for again each time. */
const keepFor = (file: string): string =>
  /-[\w-]{8}\.(js|css)$/.test(file) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache';

/** The console's page, with a fresh nonce for the styles that Angular adds while it runs. */
function sendConsole(response: Response, template: string): void {
  const nonce = newNonce();
  response
    .setHeader('Content-Security-Policy', consolePolicy(nonce))
    .setHeader('Cache-Control', 'no-store')
    .type('html')
    .send(template.replaceAll('__CSP_NONCE__', nonce));
}

/** A missing /admin/x.js is a 404 and not the page. */
const looksLikeFile = (request: Request): boolean => /\.[a-z0-9]{2,5}$/i.test(request.path);

/** Any page may load the script; what it may do there is decided by its token. */
function shareScript(response: Response): void {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  response.setHeader('Cache-Control', 'public, max-age=300');
}
