import { positionsIn } from './positions.js';
import { recognise, type RecognisedEntry } from './recognise.js';

/** One entry in one line: name, type, target, settings, where secrets went. */
function summary({ name, draft, secrets }: RecognisedEntry): string {
  if (!draft) return `${name}: nothing`;
  const { url, config = {}, enabled } = draft;
  const target = url ?? [config.command, ...(config.args ?? [])].join(' ');
  const settings = Object.entries({ ...config.env, ...config.headers }).map(([key, value]) => `${key}=${value}`);
  const vault = secrets.map((each) => `${each.target}:${each.name}`);
  return [
    `${name}: ${draft.type} ${target}`,
    ...settings,
    ...vault.map((each) => `[${each}]`),
    ...(enabled ? [] : ['off']),
  ].join(' ');
}

const understood = (text: string): string[] => recognise(text).entries.map(summary);

/** Every problem as `code@line:column`, those of the whole text last. */
function problems(text: string): string[] {
  const at = positionsIn(text);
  const { entries, problems: whole } = recognise(text);
  return [...entries.flatMap((entry) => entry.problems), ...whole].map(({ code, offset }) => {
    const { line, column } = at(offset);
    return `${code}@${line}:${column}`;
  });
}

const MEMORY = 'memory: stdio npx -y @modelcontextprotocol/server-memory';

describe('recognise', () => {
  describe('understands settings of clients', () => {
    it.each([
      [
        'mcpServers of Claude Desktop',
        '{"mcpServers": {"memory": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-memory"]}}}',
        [MEMORY],
      ],
      [
        'mcpServers of Cursor, with a URL and a header',
        '{"mcpServers": {"wiki": {"url": "https://mcp.example.org/mcp", "headers": {"X-Team": "docs"}}}}',
        ['wiki: http https://mcp.example.org/mcp X-Team=docs'],
      ],
      [
        'a secret in env',
        '{"mcpServers": {"github": {"command": "docker", "args": ["run", "-i", "mcp/github"], "env": {"GITHUB_TOKEN": "ghp_0123456789abcdefghij", "LOG": "1"}}}}',
        ['github: stdio docker run -i mcp/github LOG=1 [env:GITHUB_TOKEN]'],
      ],
      [
        'an Authorization header',
        '{"mcpServers": {"a": {"type": "http", "url": "https://a.example.org", "headers": {"Authorization": "Bearer abc"}}}}',
        ['a: http https://a.example.org [header:Authorization]'],
      ],
      [
        'Windsurf, serverUrl',
        '{"mcpServers": {"remote": {"serverUrl": "https://r.example.org/sse"}}}',
        ['remote: http https://r.example.org/sse'],
      ],
      [
        'Gemini, httpUrl',
        '{"mcpServers": {"remote": {"httpUrl": "https://r.example.org/mcp", "timeout": 5000, "trust": true}}}',
        ['remote: http https://r.example.org/mcp'],
      ],
      [
        'VS Code, servers and inputs',
        '{"inputs": [{"type": "promptString", "id": "key", "password": true}], "servers": {"x": {"type": "stdio", "command": "uvx", "args": ["mcp-server-x"], "env": {"X_KEY": "${input:key}"}}}}',
        ['x: stdio uvx mcp-server-x [env:X_KEY] off'],
      ],
      [
        'VS Code, settings.json',
        '{"mcp": {"servers": {"time": {"command": "uvx", "args": ["mcp-server-time"]}}}}',
        ['time: stdio uvx mcp-server-time'],
      ],
      [
        'Zed, context_servers',
        '{"context_servers": {"time": {"command": "uvx", "args": ["mcp-server-time"]}}}',
        ['time: stdio uvx mcp-server-time'],
      ],
      [
        'opencode, a list as command',
        '{"mcp": {"time": {"type": "local", "command": ["uvx", "mcp-server-time"], "environment": {"TZ": "Asia/Shanghai"}, "enabled": false}}}',
        ['time: stdio uvx mcp-server-time TZ=Asia/Shanghai off'],
      ],
      [
        'a service that its client had switched off',
        '{"mcpServers": {"a": {"url": "http://localhost:3001/mcp", "disabled": true}}}',
        ['a: http http://localhost:3001/mcp off'],
      ],
      [
        'a WebSocket',
        '{"mcpServers": {"live": {"url": "wss://live.example.org/mcp"}}}',
        ['live: websocket wss://live.example.org/mcp'],
      ],
      [
        'Chinese names',
        '{"mcpServers": {"高德地图": {"type": "sse", "url": "https://mcp.amap.com/sse"}}}',
        ['高德地图: http https://mcp.amap.com/sse'],
      ],
      [
        'several at once, comments and trailing commas',
        `{
          // the good ones
          "mcpServers": {
            "a": {"url": "https://a.example.org/mcp",},
            /* and one more */
            "b": {"command": "node", "args": ["/opt/b/index.js",],},
          },
        }`,
        ['a: http https://a.example.org/mcp', 'b: stdio node /opt/b/index.js'],
      ],
    ])('%s', (_, text, expected) => {
      expect(understood(text)).toEqual(expected);
      expect(problems(text).filter((each) => !each.startsWith('placeholder'))).toEqual([]);
    });
  });

  describe('understands pieces of JSON', () => {
    it.each([
      ['a bare entry', '{"command": "npx", "args": ["-y", "@modelcontextprotocol/server-memory"]}', [MEMORY]],
      [
        'a bare entry with a name',
        '{"name": "Memory", "url": "https://m.example.org"}',
        ['Memory: http https://m.example.org'],
      ],
      [
        'a map of entries',
        '{"a": {"url": "https://a.example.org"}, "b": {"command": "uvx", "args": ["b"]}}',
        ['a: http https://a.example.org', 'b: stdio uvx b'],
      ],
      [
        'a list of entries',
        '[{"name": "a", "url": "https://a.example.org"}, {"name": "b", "command": "uvx", "args": ["b"]}]',
        ['a: http https://a.example.org', 'b: stdio uvx b'],
      ],
      [
        'a list of URLs',
        '["https://mcp.a.example/mcp", "wss://b.example/mcp"]',
        ['a: http https://mcp.a.example/mcp', 'b: websocket wss://b.example/mcp'],
      ],
      [
        'a piece out of the middle',
        '"memory": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-memory"]},',
        [MEMORY],
      ],
      ['a URL in quotes', '"https://mcp.a.example/mcp"', ['a: http https://mcp.a.example/mcp']],
      [
        'JSON between fences',
        'Put this in your settings:\n```json\n{"mcpServers": {"a": {"url": "https://a.example"}}}\n```\nDone.',
        ['a: http https://a.example'],
      ],
      ['JSON behind a byte order mark', '\ufeff{"a": {"url": "https://a.example"}}', ['a: http https://a.example']],
    ])('%s', (_, text, expected) => {
      expect(understood(text)).toEqual(expected);
      expect(problems(text)).toEqual([]);
    });
  });

  describe('understands URLs and command lines', () => {
    it.each([
      ['https://mcp.deepwiki.com/mcp', ['deepwiki: http https://mcp.deepwiki.com/mcp']],
      ['http://localhost:3001/sse', ['localhost-3001: http http://localhost:3001/sse']],
      ['ws://127.0.0.1:9000/mcp', ['127.0.0.1-9000: websocket ws://127.0.0.1:9000/mcp']],
      ['npx -y @modelcontextprotocol/server-memory', [MEMORY]],
      [
        '$ npx -y @modelcontextprotocol/server-memory@2026.8.31',
        ['memory: stdio npx -y @modelcontextprotocol/server-memory@2026.8.31'],
      ],
      ['uvx mcp-server-fetch', ['fetch: stdio uvx mcp-server-fetch']],
      [
        'uvx --from git+https://example.org/repo some-mcp',
        ['repo: stdio uvx --from git+https://example.org/repo some-mcp'],
      ],
      [
        'docker run -i --rm -p 80:80 ghcr.io/github/github-mcp-server:latest',
        ['github: stdio docker run -i --rm -p 80:80 ghcr.io/github/github-mcp-server:latest'],
      ],
      ['node /opt/weather/dist/index.js --stdio', ['weather: stdio node /opt/weather/dist/index.js --stdio']],
      ['python -m my_mcp', ['my: stdio python -m my_mcp']],
      ['/usr/local/bin/time-mcp', ['time: stdio /usr/local/bin/time-mcp']],
      ['"C:\\Program Files\\tools\\time.exe" -v', ['time: stdio C:\\Program Files\\tools\\time.exe -v']],
      ['TZ=UTC API_KEY="a b" uvx mcp-server-time', ['time: stdio uvx mcp-server-time TZ=UTC [env:API_KEY]']],
      ['env A=1 node ./server.js', ['server: stdio node ./server.js A=1']],
      ['npx -y \'some pkg\' "two words" a\\ b', ['some pkg: stdio npx -y some pkg two words a b']],
      ['npx -y \\\n  @modelcontextprotocol/server-memory', [MEMORY]],
      [
        '# mine\nhttps://a.example.com/mcp\n\nuvx mcp-server-time\n',
        ['example: http https://a.example.com/mcp', 'time: stdio uvx mcp-server-time'],
      ],
    ])('%s', (text, expected) => {
      expect(understood(text)).toEqual(expected);
      expect(problems(text)).toEqual([]);
    });
  });

  describe('understands how other clients add a service', () => {
    it.each([
      ['claude mcp add memory -- npx -y @modelcontextprotocol/server-memory', [MEMORY]],
      [
        'claude mcp add --transport http -s user sentry https://mcp.sentry.dev/mcp',
        ['sentry: http https://mcp.sentry.dev/mcp'],
      ],
      [
        'claude mcp add -t sse asana https://mcp.asana.com/sse --header "Authorization: Bearer x"',
        ['asana: http https://mcp.asana.com/sse [header:Authorization]'],
      ],
      [
        'claude mcp add airtable --env AIRTABLE_API_KEY=abc -- npx -y airtable-mcp-server',
        ['airtable: stdio npx -y airtable-mcp-server [env:AIRTABLE_API_KEY]'],
      ],
      ['codex mcp add docs --url https://docs.example.org/mcp', ['docs: http https://docs.example.org/mcp']],
      [
        `claude mcp add-json wiki '{"type":"http","url":"https://wiki.example.org/mcp"}'`,
        ['wiki: http https://wiki.example.org/mcp'],
      ],
      [
        `code --add-mcp '{"name":"wiki","url":"https://wiki.example.org/mcp"}'`,
        ['wiki: http https://wiki.example.org/mcp'],
      ],
    ])('%s', (text, expected) => {
      expect(understood(text)).toEqual(expected);
      expect(problems(text)).toEqual([]);
    });
  });

  describe('says what is broken, and exactly where', () => {
    it.each([
      ['nothing', '', ['nothing_found@1:1']],
      ['only blanks', '  \n\n', ['nothing_found@1:1']],
      ['JSON about something else', '{"a": 1}', ['nothing_found@1:1']],
      ['a sentence', 'hello world', ['not_recognised@1:1']],
      ['a missing comma', '{"mcpServers": {\n  "a": {"command": "npx"\n    "args": []}}}', ['comma_expected@3:5']],
      ['a missing brace', '{"mcpServers": {\n  "a": {"url": "https://a.example"}\n', ['brace_expected@3:1']],
      ['an open string', '{"a": {\n  "url": "https://a.example\n}}', ['string_unfinished@2:10']],
      ['curly quotes', '{\n  “a”: {"url": "https://a.example"}}', ['curly_quote@2:3']],
      ['a Chinese colon', '{"a"：{"url": "https://a.example"}}', ['full_width_sign@1:5']],
      ['a value that is missing', '{"a": {"url": }}', ['value_expected@1:15']],
      ['text behind the end', '{"a": {"url": "https://a.example"}}\n!', ['unexpected_text@2:1']],
      ['an entry that is no object', '{"mcpServers": {"a": 5}}', ['not_an_object@1:22']],
      ['an entry without target', '{"mcpServers": {\n "a": {"args": ["x"]}}}', ['no_target@2:2']],
      [
        'an entry with two targets',
        '{"mcpServers": {"a": {"command": "npx", "url": "https://a.example"}}}',
        ['two_targets@1:48'],
      ],
      [
        'an unknown type',
        '{"mcpServers": {"a": {"type": "carrier-pigeon", "url": "https://a.example"}}}',
        ['type_unknown@1:31'],
      ],
      [
        'a type that does not fit',
        '{"mcpServers": {"a": {"type": "stdio", "url": "https://a.example"}}}',
        ['type_mismatch@1:31'],
      ],
      ['args that are no list', '{"mcpServers": {"a": {"command": "npx", "args": "-y x"}}}', ['list_expected@1:49']],
      ['env that is a list', '{"mcpServers": {"a": {"command": "npx", "env": ["A=1"]}}}', ['object_expected@1:48']],
      ['a URL that is none', '{"mcpServers": {"a": {"url": "example"}}}', ['url_invalid@1:30']],
      ['a scheme of something else', 'ftp://files.example.org', ['url_scheme@1:1']],
      ['a password in the URL', 'https://me:secret@a.example/mcp', ['url_credentials@1:1']],
      ['a quote that stays open', 'npx -y "two words', ['quote_unfinished@1:8']],
      ['a pipe', 'npx -y a | tee log', ['shell_syntax@1:10']],
      ['a command that never comes', 'A=1 B=2', ['command_missing@1:8']],
      ['an add without a name', 'claude mcp add', ['name_missing@1:15']],
    ])('%s', (_, text, expected) => {
      expect(problems(text)).toEqual(expected);
    });
  });

  describe('warns', () => {
    it.each([
      [
        'of a placeholder',
        '{"a": {"url": "https://a.example", "headers": {"X-Key": "<your key>"}}}',
        ['placeholder@1:57'],
      ],
      ['of a secret in arguments', 'uvx some-mcp --api-key 0123456789', ['secret_in_argument@1:24']],
      ['of a secret in the URL', 'https://a.example/mcp?api_key=0123456789', ['secret_in_url@1:1']],
      [
        'of a variable that runs something else',
        '{"a": {"command": "npx", "env": {"LD_PRELOAD": "/x.so"}}}',
        ['setting_refused@1:48'],
      ],
      ['of fields that mean nothing', '{"a": {"url": "https://a.example", "retries": 3}}', ['field_ignored@1:36']],
      ['of numbers in the environment', '{"a": {"command": "npx", "env": {"PORT": 80}}}', ['made_text@1:42']],
      ['of the same name twice', 'https://mcp.a.example\nhttps://www.a.example', ['duplicate_name@2:1']],
      ['of cmd /c', '{"a": {"command": "cmd", "args": ["/c", "npx", "-y", "x"]}}', ['wrapper_removed@1:19']],
    ])('%s', (_, text, expected) => {
      expect(problems(text)).toEqual(expected);
    });
  });

  it('keeps the values of secrets in the draft, for the vault', () => {
    const [entry] = recognise('GITHUB_TOKEN=abc npx -y x').entries;
    expect(entry?.draft?.auth).toEqual({ credentials: [{ target: 'env', name: 'GITHUB_TOKEN', value: 'abc' }] });
    expect(entry?.draft?.config?.env).toBeUndefined();
  });

  it('gives two entries of one name different keys', () => {
    const text = 'https://mcp.a.example\nhttps://www.a.example';
    expect(recognise(text).entries.map(({ key, name, draft }) => [key, name, draft?.name])).toEqual([
      ['a', 'a', 'a'],
      ['a-2', 'a-2', 'a-2'],
    ]);
  });

  it.each([
    ['a million brackets', '['.repeat(1_000_000)],
    ['a million quotes', '"'.repeat(1_000_000)],
    ['a million backslashes', '\\'.repeat(1_000_000)],
    ['a million broken lines', '{\n'.repeat(500_000)],
    ['a million words', 'npx ' + 'a '.repeat(400_000)],
    ['many errors on a line', `{${'!'.repeat(300_000)}`],
    ['a hundred thousand services', `[${'{"url":"x"},'.repeat(80_000)}]`],
    [
      'names of the prototype',
      '{"mcpServers": {"__proto__": {"url": "https://a.example"}, "constructor": {"command": "npx", "env": {"__proto__": "1"}}}}',
    ],
    ['control characters', '\u0000\u0001\u001b[31m{"a"}'],
  ])('answers to %s', (_, text) => {
    const { entries, problems: whole } = recognise(text);
    expect(entries.length).toBeLessThanOrEqual(200);
    expect(whole.length).toBeLessThanOrEqual(20);
    expect(({} as Record<string, unknown>)['url']).toBeUndefined();
  });

  it('answers to everything with places inside of the text', () => {
    const text =
      '{"mcpServers": {"a": {"command": "npx", "args": ["-y"], "env": {"K_TOKEN": "v"}}, "b": {"url": "https://b.example/mcp"}}}';
    for (let cut = 0; cut <= text.length; cut += 1) {
      const { entries, problems: whole } = recognise(text.slice(0, cut));
      const offsets = [...entries.flatMap((entry) => entry.problems), ...whole].map(({ offset }) => offset);
      expect(offsets.every((offset) => offset >= 0 && offset <= cut)).toBe(true);
    }
  });
});
