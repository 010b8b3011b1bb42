import { ForbiddenException, HttpException } from '@nestjs/common';
import { AppError } from './app-error.js';
import { errorBody, retryAfterSeconds } from './error-body.js';
import { toAppError } from './error.filter.js';

describe('toAppError', () => {
  it('keeps our own errors', () => {
    const error = new AppError('stale_version');
    expect(toAppError(error)).toBe(error);
  });

  it.each([
    [new HttpException('x', 404), 'not_found'],
    [new ForbiddenException('internal words'), 'permission_missing'],
    [{ status: 413 }, 'payload_too_large'],
    [new Error('SELECT * FROM secret'), 'internal'],
    ['a string', 'internal'],
    [null, 'internal'],
  ])('turns %s into %s', (thrown, code) => {
    expect(toAppError(thrown).code).toBe(code);
  });

  it('tells the caller nothing of what was thrown', () => {
    const body = errorBody(toAppError(new Error('SELECT * FROM secret')), 'en', 'r1');
    expect(JSON.stringify(body)).not.toContain('SELECT');
  });
});

describe('errorBody', () => {
  it('speaks the reader’s language', () => {
    expect(errorBody(new AppError('auth_required'), 'zh', 'r1').error.message).toBe('您尚未登录。');
  });

  it('names the fields', () => {
    const fields = [{ path: 'name', message: 'is missing' }];
    expect(errorBody(new AppError('validation_failed', { fields }), 'en', 'r1').error.fields).toEqual(fields);
  });
});

describe('retryAfterSeconds', () => {
  it('is there for whoever came too often', () => {
    expect(retryAfterSeconds(new AppError('rate_limited', { details: { seconds: 9 } }))).toBe(9);
    expect(retryAfterSeconds(new AppError('not_found'))).toBeUndefined();
  });
});
