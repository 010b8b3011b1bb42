/** One person or key talking to the REST API. Sends what a browser of the same origin would send. */
export class ApiCaller {
  readonly url: string;
  private cookie: string | undefined;
  private readonly bearer: string | undefined;

  /** @param credential a bearer secret; without one, `login` or `setUp` gives a cookie */
  constructor(url: string, credential?: string) {
    this.url = url;
    this.bearer = credential;
  }

  /** Sends `body` as JSON and gives the answer as it is, whatever its status. */
  fetch(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response> {
    return this.send(method, path, body === undefined ? undefined : JSON.stringify(body), headers);
  }

  /** Sends `text` as it is, as if it were JSON, and gives the answer as it is. */
  async send(
    method: string,
    path: string,
    text: string | undefined,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: {
        origin: this.url,
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...(this.cookie && { cookie: this.cookie }),
        ...(this.bearer && { authorization: `Bearer ${this.bearer}` }),
        ...headers,
      },
      body: text,
    });
    const cookies = response.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
    if (cookies.length > 0) this.cookie = cookies.join('; ');
    return response;
  }

  /** Like `fetch`, for the body of a success. @throws {Error} with status and body when it is none */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.fetch(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  async login(email: string, password: string): Promise<void> {
    await this.call('POST', '/api/auth/login', { email, password });
  }

  /** Creates the owner through the one-time link that the server printed. */
  async setUp(link: string, owner: { email: string; password: string; displayName?: string }): Promise<void> {
    const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token');
    await this.call('POST', '/api/setup', { token, ...owner });
  }

  /** A caller that holds a new API key of this one. */
  async withApiKey(draft: {
    name: string;
    scopes?: string[];
    serviceIds?: string[];
  }): Promise<{ caller: ApiCaller; secret: string }> {
    const { secret } = await this.call<{ secret: string }>('POST', '/api/auth/api-keys', draft);
    return { caller: new ApiCaller(this.url, secret), secret };
  }
}
