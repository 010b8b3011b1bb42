import { ApiError } from './api-error.js';
import { Http, isAbort, queryString } from './http.js';

interface Sent {
  url: string;
  init: RequestInit;
}

function httpThat(answer: () => Response | Promise<Response>, options = {}) {
  const sent: Sent[] = [];
  const http = new Http({
    ...options,
    fetch: (url, init = {}) => {
      sent.push({ url: url as string, init });
      return Promise.resolve(answer());
    },
  });
  return { http, sent };
}

const refusal = (status: number, code: string, extras = {}) =>
  Response.json({ error: { code, message: 'No.', remedy: 'Ask.', requestId: 'r1', ...extras } }, { status });

const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as ApiError,
  );

describe('Http', () => {
  it('sends JSON with language and own cookies, and reads JSON', async () => {
    const { http, sent } = httpThat(() => Response.json({ id: 1 }), {
      language: () => 'zh-CN',
      baseUrl: 'https://gw.example',
    });
    expect(await http.post('/api/users', { email: 'a@b.example' })).toEqual({ id: 1 });
    expect(sent[0]).toMatchObject({
      url: 'https://gw.example/api/users',
      init: {
        method: 'POST',
        credentials: 'same-origin',
        body: '{"email":"a@b.example"}',
        headers: { 'accept-language': 'zh-CN', 'content-type': 'application/json' },
      },
    });
  });

  it('reads 204 as nothing', async () => {
    const { http } = httpThat(() => new Response(null, { status: 204 }));
    expect(await http.delete('/api/users/1')).toBeUndefined();
  });

  it('throws the error body with everything in it', async () => {
    const fields = [{ path: 'email', message: 'is taken' }];
    const { http } = httpThat(() => refusal(409, 'conflict', { fields }));
    expect(await caught(http.get('/x'))).toMatchObject({
      code: 'conflict',
      message: 'No.',
      remedy: 'Ask.',
      requestId: 'r1',
      status: 409,
      fields,
    });
  });

  it('reports a 401 once, before it throws', async () => {
    const codes: string[] = [];
    const { http } = httpThat(() => refusal(401, 'auth_required'), {
      onUnauthorised: (error: ApiError) => codes.push(error.code),
    });
    expect(await caught(http.get('/x'))).toBeInstanceOf(ApiError);
    expect(codes).toEqual(['auth_required']);
  });

  it('names an answer that is not ours', async () => {
    const { http } = httpThat(() => new Response('<html>Bad gateway</html>', { status: 502 }));
    expect(await caught(http.get('/x'))).toMatchObject({ code: 'unreadable', status: 502 });
  });

  it('names a missing answer', async () => {
    const { http } = httpThat(() => Promise.reject(new TypeError('fetch failed')));
    expect(await caught(http.get('/x'))).toMatchObject({ code: 'network', status: 0 });
  });

  it('lets an abort be an abort', async () => {
    const { http } = httpThat(() => Promise.reject(new DOMException('aborted', 'AbortError')));
    expect(isAbort(await caught(http.get('/x')))).toBe(true);
  });
});

it('a query string leaves out what is not set', () => {
  expect(queryString({ q: '李', cursor: undefined, tag: '', all: false, limit: 0 })).toBe(
    '?q=%E6%9D%8E&all=false&limit=0',
  );
  expect(queryString({ q: null })).toBe('');
});
