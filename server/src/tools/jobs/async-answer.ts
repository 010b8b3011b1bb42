import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { IDEMPOTENCY_KEY, jobOf, type CallbackDraft, type Job, type JobRow } from '../../jobs/index.js';
import { AppError } from '../../platform/index.js';
import type { Standing } from '../../limits/index.js';
import { goneSignal } from '../gone-signal.js';
import { tellStanding } from '../tell-standing.js';

/** Headers of routes that call tools, for the API document. */
export const RepeatableOrAsync = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'Prefer',
      required: false,
      description: '`respond-async`: answer with a job at once instead of waiting.',
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'A text of your own, 1 to 128 characters: whatever is sent twice with it is done once, for 24 hours.',
    }),
  );

/** 202 with the job, and how near its owner is to the limit that its calls will meet first. */
export function acceptJob(response: Response, row: JobRow, standing: Standing | undefined): Job {
  if (standing) tellStanding(response)(standing);
  response.status(202).setHeader('Location', `/api/jobs/${row.id}`).setHeader('Preference-Applied', 'respond-async');
  return jobOf(row);
}

/** @throws {AppError} `validation_failed` for a callback to which nothing would ever be sent */
export function refuseCallback(callback: CallbackDraft | undefined): void {
  if (!callback) return;
  const message = 'goes with the header Prefer: respond-async only';
  throw new AppError('validation_failed', { fields: [{ path: 'callback', message }] });
}

/** Whoever sent a key comes back for the answer: their call goes on when the connection is lost. */
export const signalFor = (request: Request, response: Response): { signal?: AbortSignal } =>
  request.headers[IDEMPOTENCY_KEY] === undefined ? { signal: goneSignal(response) } : {};
