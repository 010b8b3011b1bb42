import { isSecretName, isSecretValue } from './secret-names.js';

describe('isSecretName', () => {
  it.each([
    'GITHUB_TOKEN',
    'X-API-Key',
    'apiKey',
    'dbPassword',
    'PASSWD',
    'Authorization',
    'client_secret',
    'Cookie',
    'AWS_ACCESS_KEY_ID',
    'KEY',
    'PGPASSWORD',
    'X-Auth',
    'MY_PAT',
    'tavilyApiKey',
    'JWT',
  ])('knows %s', (name) => expect(isSecretName(name)).toBe(true));

  it.each(['KEYBOARD', 'PATH_PREFIX', 'LOG_LEVEL', 'X-Team', 'AUTHOR', 'TZ', 'MONKEY', 'compatible'])(
    'lets %s be',
    (name) => expect(isSecretName(name)).toBe(false),
  );
});

describe('isSecretValue', () => {
  it.each([
    'Bearer abc',
    'Basic dXNlcjpwdw==',
    'sk-0123456789abcdef0123',
    'ghp_0123456789abcdefghij',
    'xoxb-1234567890-abc',
    'AKIAIOSFODNN7EXAMPLE',
    'postgres://me:secret@db/app',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig',
  ])('knows %s', (value) => expect(isSecretValue(value)).toBe(true));

  it.each(['on', 'https://example.org/mcp', 'postgres://db/app', 'a bearer of news', 'sk-short'])(
    'lets %s be',
    (value) => expect(isSecretValue(value)).toBe(false),
  );
});
