import { fetchesPackages } from './fetches-packages.js';

/** A command as people write it: words by spaces, `_` for a space within one. */
const launch = (line: string) => {
  const [file = '', ...args] = line.split(' ').map((word) => word.replaceAll('_', ' '));
  return { file, realFile: file, args };
};

const IMAGE = `mcp/github@sha256:${'0f'.repeat(32)}`;

describe('commands that fetch what they run', () => {
  it.each([
    'npx -y some-server',
    '/usr/bin/npx some-server',
    '/opt/tools/NPX.CMD some-server',
    'npm exec some-server',
    'npm x -- some-server',
    'npm --prefix /srv exec some-server',
    'npm init some-server',
    'npm ci',
    'pnpx some-server',
    'pnpm dlx some-server',
    'pnpm --package=some-server dlx some',
    'yarn dlx some-server',
    '/opt/yarn-4.1.0.cjs dlx some-server',
    'bunx some-server',
    'bun x some-server',
    'uvx some-server',
    'uv tool run some-server',
    'uv run --with some-server python',
    'uv run --no-sync --with=some-server python',
    'uv run server.py',
    'uv run server.py --offline',
    'uv --directory /srv/server run server.py',
    'pipx run some-server',
    'pip3 install some-server',
    'deno run npm:some-server',
    'deno run -A jsr:@some/server',
    'deno run --allow-net https://example.org/server.ts',
    'deno run --config deno.json https://example.org/server.ts',
    'deno run --preload=https://example.org/first.ts server.ts',
    'deno https://example.org/server.ts',
    'docker run mcp/github',
    'docker run -i --rm mcp/github:1.2.3',
    `docker run -e IMAGE=${IMAGE} mcp/github`,
    `docker run -e ${IMAGE} mcp/github ${IMAGE}`,
    `docker run --no-such-option mcp/github ${IMAGE}`,
    `docker run -z mcp/github ${IMAGE}`,
    'docker run -itp 80:80 mcp/github',
    'docker container run mcp/github',
    'docker compose up',
    'podman run mcp/github@sha256:0f',
    'podman run',
    'go run example.org/server@latest',
    'nix run example#server',
  ])('%s', (line) => {
    expect(fetchesPackages(launch(line))).toBe(true);
  });

  it.each([
    'env npx some-server',
    'env -i -u HOME PATH=/bin /usr/bin/npx some-server',
    'env -S npx_-y_some-server',
    'env -Snpx_-y_some-server',
    'env --split-string=npx_some-server',
    'env -iSnpx_-y_some-server',
    'sh -c n\\px_some-server',
    `sh -c n''px_some-server`,
    'sh -c N=np;${N}x_some-server',
    'bash -c /usr/bin/np?_some-server',
    'env sh -c n\\px_some-server',
    'env env env npm exec some-server',
    'sh -c npx_-y_some-server',
    'bash -lc cd_/srv_&&_exec_npx_some-server',
    'sh -c (npx_some-server)',
    'sh -c $(npx_some-server)',
    'sh -c curl_https://example.org|sh',
    'cmd /c npx some-server',
    'timeout 60 uvx some-server',
    'nice -n 5 env sh -c "uvx_some-server"',
    'corepack pnpm dlx some-server',
    'node /usr/lib/node_modules/npm/bin/npx-cli.js some-server',
    'node --enable-source-maps /usr/lib/node_modules/npm/bin/npm-cli.js exec some-server',
    'node /usr/bin/npx some-server',
    '/opt/node24/bin/node npx-cli.js some-server',
    'env node /opt/yarn/bin/yarn.js dlx some-server',
    'python3.12 -m uv tool run some-server',
    'python -Im pipx run some-server',
    'python -mpipx run some-server',
    'python /usr/local/bin/uvx some-server',
    `sh -c ${'a_'.repeat(1_001)}`,
  ])('hidden: %s', (line) => {
    expect(fetchesPackages(launch(line))).toBe(true);
  });

  it('behind a link, of the program and of an argument', () => {
    const link = { file: '/opt/start', realFile: '/usr/lib/node_modules/npm/bin/npx-cli.js', args: ['some-server'] };
    expect(fetchesPackages(link)).toBe(true);
    expect(fetchesPackages({ ...link, realFile: '/opt/start' })).toBe(false);
    const script = { file: 'node', realFile: '/usr/bin/node', args: ['/opt/start.js', 'some-server'] };
    expect(fetchesPackages({ ...script, realArgs: [link.realFile, 'some-server'] })).toBe(true);
    expect(fetchesPackages(script)).toBe(false);
  });

  it.each([
    'node /srv/server/node_modules/.bin/server --port 80',
    'node /srv/server/index.js npx',
    'node index.js --mode exec',
    '/srv/server/node_modules/.bin/server x',
    'npm start',
    'npm run serve',
    'pnpm exec server',
    'yarn serve',
    'bun /srv/server/index.ts',
    'uv run --no-sync server.py',
    'uv run --offline server.py',
    'uv --offline run server.py',
    '/srv/server/.venv/bin/python -m server run',
    'python server.py install',
    'deno run -A server.ts https://example.org/api',
    'deno run --config deno.json server.ts',
    `docker run ${IMAGE}`,
    `docker run -i --rm -e TOKEN -v /srv:/srv --name some ${IMAGE} stdio`,
    `docker run -itp 80:80 --pull never --new-option=value ${IMAGE}`,
    `podman run --replace -- ${IMAGE}`,
    'docker start -ai some',
    'java -jar server.jar',
    'go run ./server',
    'sh /srv/start.sh',
    'env -i PATH=/bin node /srv/server/index.js',
    'sh -c exec_node_/srv/server/index.js',
  ])('not: %s', (line) => {
    expect(fetchesPackages(launch(line))).toBe(false);
  });

  it('looks through long words at once', () => {
    const words = Array.from({ length: 64 }, () => 'env npm run '.repeat(340));
    expect(fetchesPackages({ file: 'env', realFile: '/usr/bin/env', args: words })).toBe(true);
    expect(fetchesPackages({ file: 'npm', realFile: 'npm', args: words })).toBe(false);
  });
});
