import type { SelfReported } from './traffic.js';

const CLIENT_INFO = 'io.modelcontextprotocol/clientInfo';
const LONGEST = 100;

/** Who a client says that it is: in `initialize`, or with each request of 2026-07-28. Foreign and of any shape. */
export function selfReportedIn(body: unknown): SelfReported | undefined {
  const params = fieldOf(body, 'params');
  const info = fieldOf(params, 'clientInfo') ?? fieldOf(fieldOf(params, '_meta'), CLIENT_INFO);
  const name = fieldOf(info, 'name');
  const version = fieldOf(info, 'version');
  if (typeof name !== 'string') return undefined;
  return { name: name.slice(0, LONGEST), version: typeof version === 'string' ? version.slice(0, LONGEST) : '' };
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
