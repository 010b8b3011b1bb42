import { execFileSync } from 'node:child_process';
import { callAsCurl, shellQuote } from './curl';

describe('copying a call as curl', () => {
  it.each([`it's`, '$(id) `id` "x" \\ !', '中文\nzwei'])('quotes %j so that the shell reads it unchanged', (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`], { encoding: 'utf8' })).toBe(text);
  });

  it('names the tool’s address and sends the arguments', () => {
    const command = callAsCurl('https://gw.example', 'files', 'read/it', { path: "a'b" });
    expect(command).toContain('https://gw.example/api/mcp/services/files/tools/read%2Fit');
    expect(command).toContain(`"path":"a'\\''b"`);
  });
});
