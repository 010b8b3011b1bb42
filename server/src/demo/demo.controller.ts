import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { fileURLToPath } from 'node:url';
import { Caller, Public, SignedIn, carriedBy, type EmbedSession, type Principal } from '../auth/index.js';
import { AppError, CONFIG, isLoopback, type Config } from '../platform/index.js';
import { AppSandbox } from '../sandbox/index.js';
import { DemoApp } from './demo-app.js';

/** The page's files stand beside this one, in the sources and in the build. */
const FOLDER = fileURLToPath(new URL('./', import.meta.url));
const FILES: ReadonlySet<string> = new Set(['demo.js', 'demo.css']);

/** As strict as any host page might be: the widget has to work under it. */
const policyWith = (appsOrigin: string | undefined): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    `frame-src ${appsOrigin ?? "'none'"}`,
  ].join('; ');

/** A plain page that embeds the chat, as another application would. Exists only where the operator wants it. */
@ApiExcludeController()
@Controller('demo')
export class DemoController {
  constructor(
    private readonly app: DemoApp,
    private readonly apps: AppSandbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Public()
  page(@Res() response: Response): void {
    response.setHeader('Content-Security-Policy', policyWith(this.apps.origin));
    send(response, 'demo.html');
  }

  /** What the backend of an embedding application does: it knows its user, and asks for a token with its own secret. */
  @Post('session')
  @SignedIn()
  session(@Caller() caller: Principal, @Req() request: Request): Promise<EmbedSession> {
    if (caller.credential.kind !== 'session') throw new AppError('auth_required');
    return this.app.openSession(caller, this.originOf(request));
  }

  @Get(':file')
  @Public()
  file(@Param('file') file: string, @Res() response: Response): void {
    if (!FILES.has(file)) throw new AppError('not_found');
    send(response, file);
  }

  /** Where there is a public address, only that and this machine: the caller could write anything into `Host`. */
  private originOf(request: Request): string {
    const { publicUrl } = this.config;
    const origin = carriedBy(request, publicUrl).origin ?? `${request.protocol}://${request.get('host') ?? ''}`;
    if (publicUrl && origin !== publicUrl && !isLoopback(new URL(origin).hostname)) {
      throw new AppError('embed_origin_denied', { details: { origin } });
    }
    return origin;
  }
}

function send(response: Response, file: string): void {
  response.setHeader('Cache-Control', 'no-cache');
  response.sendFile(file, { root: FOLDER });
}
