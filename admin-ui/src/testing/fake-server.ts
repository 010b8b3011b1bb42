import { Http } from '@gatehouse/api-client';

/** What a route answers: a value is sent as JSON, undefined as 204, a `Refusal` as an error body. */
export type Answer = (request: { query: URLSearchParams; body: unknown }) => unknown;

export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly extras: Record<string, unknown> = {},
  ) {}
}

/** A server in the test's own process behind the real `Http`: routes by `METHOD /path`, and what was asked of them. */
export class FakeServer {
  /** `METHOD /path?query`, in the order they came. */
  readonly asked: string[] = [];

  constructor(private readonly routes: Record<string, Answer>) {}

  readonly http = new Http({ fetch: (input, init) => Promise.resolve(this.answer(addressOf(input), init ?? {})) });

  private answer(address: string, init: RequestInit): Response {
    const { pathname, searchParams, search } = new URL(address, 'http://console.test');
    const route = `${init.method} ${pathname}`;
    this.asked.push(`${route}${search}`);
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const result = this.routes[route]?.({ query: searchParams, body }) ?? undefined;
    if (result instanceof Refusal) {
      const error = { code: result.code, message: `${result.code}.`, remedy: 'Do something.', requestId: 'req-1' };
      return json({ error: { ...error, ...result.extras } }, result.status);
    }
    if (!(route in this.routes)) throw new Error(`The test asked for ${route}, which it does not serve.`);
    return result === undefined ? respond('', 204) : json(result, 200);
  }
}

const json = (value: unknown, status: number): Response => respond(JSON.stringify(value), status);

const respond = (text: string, status: number): Response => new FakeResponse(text, status) as unknown as Response;

/** The few members of Response that `Http` reads; jsdom has no Response of its own. */
class FakeResponse {
  readonly ok: boolean;

  constructor(
    private readonly text: string,
    readonly status: number,
  ) {
    this.ok = status < 400;
  }

  json(): Promise<unknown> {
    return Promise.resolve(JSON.parse(this.text) as unknown);
  }
}

const addressOf = (input: RequestInfo | URL): string =>
  typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
