import { createHash } from 'node:crypto';
import { Injectable, Logger, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import canonicalize from 'canonicalize';
import type { Request, Response } from 'express';
import { from, lastValueFrom, of, type Observable } from 'rxjs';
import type { Principal } from '../../auth/index.js';
import { AppError, RequestContext, errorBody, toAppError } from '../../platform/index.js';
import type { KeptAnswer } from './idempotency-key.entity.js';
import { IdempotencyStore, type Found, type KeyedRequest } from './idempotency-store.js';
import { replayCheckOf, type ReplayCheck } from './replay-check.js';

export const IDEMPOTENCY_KEY = 'idempotency-key';
const KEY = /^[\x21-\x7e]{1,128}$/;
const COME_BACK_SECONDS = 2;
/** Headers of an answer that belong to it. */
const KEPT_HEADERS = ['location', 'preference-applied'];

/** After these nothing was done and another attempt may fare better, so the key stays free. */
const RETRIABLE = new Set([400, 401, 403, 404, 429]);

/**
 * Does a request with an `Idempotency-Key` once: whoever repeats it gets the first answer again.
 *
 * A failure of the service is an answer, too. What was refused before anything was done is not kept. Nothing is given
 * again that the check of the route does not let its caller have now.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly logger = new Logger('Idempotency');

  constructor(
    private readonly store: IdempotencyStore,
    private readonly modules: ModuleRef,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> | Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    const key = request.headers[IDEMPOTENCY_KEY];
    if (key === undefined || !request.principal) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key)) throw badKey();
    return this.once(keyed(request, request.principal, key), request.principal, context, next);
  }

  private async once(
    keyedRequest: KeyedRequest,
    caller: Principal,
    context: ExecutionContext,
    next: CallHandler,
  ): Promise<Observable<unknown>> {
    const response = context.switchToHttp().getResponse<Response>();
    const found = await this.store.begin(keyedRequest);
    if (found.kind === 'first') return from(this.carryOut(found.id, response, next));
    const done = demandDone(found);
    const request = context.switchToHttp().getRequest<Request>();
    const answer = await this.checkOf(context).review(request, caller, JSON.parse(done.body ?? 'null'));
    return of(replayed(done, answer, response));
  }

  private checkOf(context: ExecutionContext): ReplayCheck {
    return this.modules.get(replayCheckOf(context.getHandler()), { strict: false });
  }

  private async carryOut(id: string, response: Response, next: CallHandler): Promise<unknown> {
    let value: unknown;
    try {
      value = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (thrown) {
      await this.keepFailure(id, toAppError(thrown));
      throw thrown;
    }
    await this.keep(id, { status: response.statusCode, headers: headersOf(response) }, value);
    return value;
  }

  private async keepFailure(id: string, error: AppError): Promise<void> {
    if (RETRIABLE.has(error.status)) await this.quietly(() => this.store.release(id));
    else {
      const { language, requestId } = RequestContext.current();
      await this.keep(id, { status: error.status, headers: {} }, errorBody(error, language, requestId));
    }
  }

  private keep(id: string, answer: KeptAnswer, value: unknown): Promise<void> {
    return this.quietly(() => this.store.finish(id, answer, JSON.stringify(value ?? null)));
  }

  /** The work was done: its answer goes out whether or not it can be kept. Whoever repeats it is told that nobody knows. */
  private async quietly(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (err) {
      this.logger.error({ err, msg: 'could not keep an answer' });
    }
  }
}

/** Persons keep their keys when they sign in again; each API key and each embedded chat has its own. */
function keyed(request: Request, { userId, credential }: Principal, key: string): KeyedRequest {
  const owner = credential.kind === 'session' ? userId : `${userId}:${credential.id}`;
  const content = [request.method, request.path, canonicalize(request.body ?? null)].join('\n');
  return { owner, key, fingerprint: createHash('sha256').update(content).digest('hex') };
}

type Done = Extract<Found, { kind: 'done' }>;

/** @throws {AppError} `idempotency_in_progress` · `idempotency_key_reused` · `idempotency_unknown` */
function demandDone(found: Exclude<Found, { kind: 'first' }>): Done {
  switch (found.kind) {
    case 'running':
      throw new AppError('idempotency_in_progress', { details: { seconds: COME_BACK_SECONDS } });
    case 'other-request':
      throw new AppError('idempotency_key_reused');
    case 'unknown':
      throw new AppError('idempotency_unknown');
    case 'done':
      return found;
  }
}

/** @throws {AppError} `result_not_kept` */
function replayed({ answer, body }: Done, reviewed: unknown, response: Response): unknown {
  response.setHeader('Idempotency-Replayed', 'true');
  if (body === null) throw new AppError('result_not_kept', { details: { limit: '1 MiB' } });
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.status(answer.status);
  return reviewed;
}

function headersOf(response: Response): Record<string, string> {
  const all = KEPT_HEADERS.map((name) => [name, response.getHeader(name)] as const);
  return Object.fromEntries(all.filter((each): each is [string, string] => typeof each[1] === 'string'));
}

const badKey = (): AppError =>
  new AppError('validation_failed', {
    fields: [{ path: 'Idempotency-Key', message: 'must be 1 to 128 visible ASCII characters' }],
  });
