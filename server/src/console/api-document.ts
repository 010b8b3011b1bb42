import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { explorerPolicy } from './security-headers.js';

/** The OpenAPI document of the REST API; e2e/golden/openapi.json is this, checked by a test. */
export function apiDocument(app: INestApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Gatehouse')
    .setDescription('Register MCP services, govern who may use which tool, call them, and see every call.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key (ghk_…)' })
    .build();
  return SwaggerModule.createDocument(app, description, { operationIdFactory: (_controller, method) => method });
}

/** Serves the document at /api/openapi.json and the explorer at /api/docs. Needs no sign-in: it holds no data. */
export function serveApiDocument(app: INestApplication): void {
  app.use('/api/docs', (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Content-Security-Policy', explorerPolicy);
    next();
  });
  SwaggerModule.setup('api/docs', app, () => apiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    customSiteTitle: 'Gatehouse API',
  });
}
