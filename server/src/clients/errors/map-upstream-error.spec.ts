import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError } from '@modelcontextprotocol/client';
import { AppError } from '../../platform/index.js';
import { mapUpstreamError } from './map-upstream-error.js';
import { AnswerLost, CommandNotFound, InputNotRead, MessageTooLarge, ProcessEnded } from './upstream-failures.js';

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });
const fetchFailed = (cause: Error) => new TypeError('fetch failed', { cause });
const http = (status: number) =>
  new SdkHttpError(SdkErrorCode.ClientHttpNotImplemented, `HTTP ${status}`, { status, statusText: '' });
const timeout = new SdkError(SdkErrorCode.RequestTimeout, 'Request timed out');

describe('what went wrong behind us', () => {
  const verdict = (error: unknown, phase: 'connect' | 'exchange') => {
    const mapped = mapUpstreamError(error, { service: 'Spec', phase, timeoutMs: 30_000 });
    return [mapped.code, mapped.details.cause];
  };

  it.each([
    [
      fetchFailed(coded('ECONNREFUSED', { address: '127.0.0.1', port: 1 })),
      'upstream_unreachable',
      'ECONNREFUSED 127.0.0.1:1',
    ],
    [
      fetchFailed(coded('ENOTFOUND', { hostname: 'nothing.invalid' })),
      'upstream_unreachable',
      'ENOTFOUND nothing.invalid',
    ],
    [fetchFailed(coded('CERT_HAS_EXPIRED')), 'upstream_unreachable', 'CERT_HAS_EXPIRED'],
    [fetchFailed(coded('UND_ERR_CONNECT_TIMEOUT')), 'upstream_unreachable', 'UND_ERR_CONNECT_TIMEOUT'],
    [fetchFailed(coded('ECONNRESET')), 'upstream_unreachable', 'ECONNRESET'],
    [
      new SdkError(SdkErrorCode.EraNegotiationFailed, 'probe', { cause: fetchFailed(coded('ECONNREFUSED')) }),
      'upstream_unreachable',
      'ECONNREFUSED',
    ],
    [timeout, 'upstream_unreachable', 'timeout 30 s'],
    [AbortSignal.abort(new DOMException('late', 'TimeoutError')).reason, 'upstream_unreachable', 'timeout 30 s'],
    [http(401), 'upstream_unauthorised', 'HTTP 401'],
    [http(403), 'upstream_unauthorised', 'HTTP 403'],
    [http(404), 'upstream_not_mcp', 'HTTP 404'],
    [http(502), 'upstream_unreachable', 'HTTP 502'],
    [
      new SdkError(SdkErrorCode.ClientHttpUnexpectedContent, 'Unexpected content type: text/html'),
      'upstream_not_mcp',
      'Unexpected content type: text/html',
    ],
    [new CommandNotFound('command not found: x'), 'upstream_command_failed', 'command not found: x'],
    [new ProcessEnded(127, null, 'first\nnpm error 404\n'), 'upstream_command_failed', 'exit code 127: npm error 404'],
    [new ProcessEnded(null, 'SIGKILL', ''), 'upstream_command_failed', 'signal SIGKILL'],
    [new SdkError(SdkErrorCode.InvalidResult, 'no resultType'), 'upstream_protocol', 'no resultType'],
    [ProtocolError.fromError(-32603, 'not today'), 'upstream_protocol', 'not today'],
  ])('while connecting, %s is %s: %s', (error, code, cause) => {
    expect(verdict(error, 'connect')).toEqual([code, cause]);
  });

  it.each([
    [timeout, 'upstream_timeout', undefined],
    [fetchFailed(coded('UND_ERR_HEADERS_TIMEOUT')), 'upstream_timeout', undefined],
    [fetchFailed(coded('ECONNRESET')), 'upstream_lost', 'ECONNRESET'],
    [fetchFailed(coded('UND_ERR_SOCKET')), 'upstream_lost', 'UND_ERR_SOCKET'],
    [fetchFailed(coded('ECONNREFUSED')), 'upstream_unreachable', 'ECONNREFUSED'],
    [new AnswerLost('the answer stream ended early'), 'upstream_lost', 'connection closed'],
    [new ProcessEnded(1, null, ''), 'upstream_lost', 'exit code 1'],
    [
      new InputNotRead('the process does not read its input'),
      'upstream_protocol',
      'the process does not read its input',
    ],
    [new MessageTooLarge(16 * 1024 * 1024), 'output_too_large', undefined],
    [ProtocolError.fromError(-32602, 'no such city'), 'upstream_error', 'no such city'],
    [http(500), 'upstream_error', 'HTTP 500'],
    [http(400), 'upstream_protocol', 'HTTP 400'],
    [
      new AppError('egress_refused', { details: { cause: 'it is a private address' } }),
      'egress_refused',
      'it is a private address',
    ],
  ])('during an exchange, %s is %s: %s', (error, code, cause) => {
    expect(verdict(error, 'exchange')).toEqual([code, cause]);
  });

  it('cuts what a service says at length, and keeps the whole for the log', () => {
    const error = ProtocolError.fromError(-32603, 'x'.repeat(10_000));
    const mapped = mapUpstreamError(error, { service: 'Spec', phase: 'exchange', timeoutMs: 1 });
    expect([String(mapped.details.cause).length, mapped.cause]).toEqual([300, error]);
  });

  it('does not run in a circle of causes', () => {
    const first = new Error('a');
    first.cause = new Error('b', { cause: first });
    expect(verdict(first, 'exchange')[0]).toBe('upstream_protocol');
  });
});
