import { ConfigError, isLoopback, readConfig } from './config.js';

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('readConfig', () => {
  it('needs nothing set', () => {
    expect(readConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: undefined,
      stdio: 'unsandboxed',
      stdioPackages: 'fetch',
      demo: true,
      mcpSse: false,
      mcpWebSocket: false,
    });
  });

  it('names everything that is wrong at once', () => {
    const problems = problemsOf({ PORT: 'eighty', DATABASE_URL: 'postgres://x', LOG_LEVEL: 'loud' });
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).toMatch(/PORT[\s\S]*DATABASE_URL[\s\S]*LOG_LEVEL/);
  });

  it('takes an owner only with both halves', () => {
    expect(problemsOf({ GATEHOUSE_OWNER_EMAIL: 'a@example.org' })).toEqual([
      expect.stringContaining('belong together'),
    ]);
  });

  it('refuses an owner password under twelve characters', () => {
    const problems = problemsOf({ GATEHOUSE_OWNER_EMAIL: 'a@example.org', GATEHOUSE_OWNER_PASSWORD: 'short' });
    expect(problems).toEqual([expect.stringContaining('GATEHOUSE_OWNER_PASSWORD')]);
  });

  it('is safe by default in production: no loopback egress, sandboxed commands that are there already, no demo', () => {
    expect(readConfig({ NODE_ENV: 'production' })).toMatchObject({
      egressAllow: [],
      stdio: 'sandbox',
      stdioPackages: 'installed',
      demo: false,
    });
  });

  it.each(['10.0.0.0/8', 'loopback', 'private', '192.168.1.7', 'fd00::/8'])('allows egress to %s', (word) => {
    expect(readConfig({ GATEHOUSE_EGRESS_ALLOW: word }).egressAllow).toEqual([word]);
  });

  it('refuses an egress rule that is no address', () => {
    expect(problemsOf({ GATEHOUSE_EGRESS_ALLOW: 'intranet' })).toEqual([expect.stringContaining('"intranet"')]);
  });

  it('keeps only the origin of the public URL', () => {
    expect(readConfig({ GATEHOUSE_PUBLIC_URL: 'https://mcp.example.org/' }).publicUrl).toBe('https://mcp.example.org');
  });
});

describe('the origin of apps', () => {
  const appsOf = (environment: Record<string, string>) => readConfig(environment).apps;

  it('is on the next port where nobody else can come, and given up when that port is taken', () => {
    expect(appsOf({ PORT: '9000' })).toEqual({ url: undefined, port: 9001, optional: true });
    expect(appsOf({ PORT: '0' })?.port).toBe(0);
    expect(appsOf({ PORT: '65535' })?.port).toBe(0);
  });

  it('is not made up where others can come', () => {
    expect(appsOf({ NODE_ENV: 'production' })).toBeUndefined();
    expect(appsOf({ GATEHOUSE_HOST: '0.0.0.0' })).toBeUndefined();
  });

  it('is what the operator says', () => {
    const url = 'https://apps.example.org/';
    expect(appsOf({ NODE_ENV: 'production', GATEHOUSE_APPS_URL: url })).toEqual({
      url: 'https://apps.example.org',
      port: 8081,
      optional: false,
    });
    expect(appsOf({ GATEHOUSE_APPS_URL: url, GATEHOUSE_APPS_PORT: '9' })?.port).toBe(9);
    expect(appsOf({ GATEHOUSE_APPS_PORT: 'off' })).toBeUndefined();
  });

  it.each([
    ['the same host as our own', 'https://gate.example.org', 'https://gate.example.org:8443', 'host name of its own'],
    ['our own origin', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080', 'host name of its own'],
    ['in the clear behind https', 'https://gate.example.org', 'http://apps.example.org', 'https'],
  ])('is refused when it is %s', (_, own, url, problem) => {
    const problems = problemsOf({ GATEHOUSE_PUBLIC_URL: own, GATEHOUSE_APPS_URL: url });
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it('needs its address in production', () => {
    expect(problemsOf({ NODE_ENV: 'production', GATEHOUSE_APPS_PORT: '8081' })).toHaveLength(1);
  });
});

describe('isLoopback', () => {
  it.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['10.0.0.1', false],
  ])('%s is %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});
