import type { Response } from 'express';
import { rateLimitFields, type Standing } from '../limits/index.js';

/** Says on the answer, and on the refusal of a call, how near its caller is to the nearest limit. */
export const tellStanding =
  (response: Response) =>
  (standing: Standing): void => {
    if (!response.headersSent) response.set(rateLimitFields(standing));
  };
