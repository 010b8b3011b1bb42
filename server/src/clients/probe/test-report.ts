import type { ErrorText } from '@gatehouse/contracts';
import type { Era, ServerInfo, UpstreamTransport } from '../../services/index.js';
import type { AppError } from '../../platform/index.js';
import type { Frame } from '../transports/observed-transport.js';

export const TEST_STEPS = ['resolve', 'connect', 'negotiate', 'tools', 'resources', 'prompts'] as const;
export type TestStepName = (typeof TEST_STEPS)[number];

export interface TestStepResult {
  step: TestStepName;
  status: 'ok' | 'failed' | 'skipped';
  durationMs: number;
  /** Technical and the same in every language: an address, a path, a version, a number. */
  detail: string;
  error?: { code: AppError['code'] } & ErrorText;
}

/** What a test of a service showed, step by step up to the first that failed. */
export interface TestReportData {
  ok: boolean;
  steps: TestStepResult[];
  era: Era | null;
  protocolVersion: string | null;
  transport: UpstreamTransport | null;
  serverInfo: ServerInfo | null;
  counts: { tools: number; resources: number; resourceTemplates: number; prompts: number };
  /** The end of what a local command wrote to standard error. */
  stderr?: string;
  /** The last raw messages, oldest first. */
  messages: Frame[];
}
