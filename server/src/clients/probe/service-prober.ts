import { lookup } from 'node:dns/promises';
import type { Language } from '@gatehouse/contracts';
import type { AppError } from '../../platform/index.js';
import { ListReader } from '../capabilities/list-reader.js';
import type { Connection } from '../connection/connection.js';
import { openConnection } from '../connection/open-connection.js';
import { TransportFactory, urlOf, type Target } from '../connection/transport-factory.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import { LIMITS } from '../limits.js';
import type { StdioTransport } from '../transports/stdio-transport.js';
import { ProcessEnded } from '../errors/upstream-failures.js';
import { FrameRing } from './frame-ring.js';
import { TEST_STEPS, type TestReportData, type TestStepName, type TestStepResult } from './test-report.js';

const STDERR_CHARS = 8 * 1024;

/**
 * Tests a service as the panel shows it: on a connection of its own that ends with the test, without what earlier
 * connections learnt, so that every step is really taken. Works for a draft that was never saved.
 */
export class ServiceProber {
  constructor(private readonly factory: TransportFactory) {}

  /** Never throws: what goes wrong is in the report. @param signal ends the test early */
  async probe(
    target: Target,
    language: Language,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<TestReportData> {
    const probe = new Probe(this.factory, target, language, signal);
    return probe.run();
  }
}

/** One test. */
class Probe {
  private readonly steps: TestStepResult[] = [];
  private readonly frames = new FrameRing();
  private readonly counts: TestReportData['counts'] = { tools: 0, resources: 0, resourceTemplates: 0, prompts: 0 };
  private readonly timeoutMs: number;
  private connection: Connection | undefined;
  private process: StdioTransport | undefined;
  private lastWords = '';

  constructor(
    private readonly factory: TransportFactory,
    private readonly target: Target,
    private readonly language: Language,
    private readonly signal: AbortSignal,
  ) {
    this.timeoutMs = LIMITS.connectMs[target.type];
  }

  async run(): Promise<TestReportData> {
    try {
      const ok =
        (await this.step('resolve', () => this.resolve())) && (await this.connect()) && (await this.readLists());
      return this.report(ok);
    } finally {
      await this.connection?.close();
    }
  }

  private async resolve(): Promise<string> {
    if (this.target.type === 'stdio') return (await this.factory.commandOf(this.target)).file;
    const { address } = await lookup(urlOf(this.target).hostname.replace(/^\[|\]$/g, ''));
    return address;
  }

  /** Two steps in one deed: connected is whoever answers at all. */
  private async connect(): Promise<boolean> {
    const started = performance.now();
    let connectedAt: number | undefined;
    try {
      const connection = await openConnection(this.factory, this.target, {
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(this.timeoutMs)]),
        timeoutMs: this.timeoutMs,
        onFrame: this.frames.add,
        onConnected: () => (connectedAt ??= performance.now()),
      });
      this.connection = connection;
      this.process = connection.process;
      this.pass('connect', (connectedAt ?? performance.now()) - started, connection.kind);
      this.pass(
        'negotiate',
        performance.now() - (connectedAt ?? started),
        `${connection.protocolVersion} (${connection.era})`,
      );
      return true;
    } catch (error) {
      if (error instanceof ProcessEnded) this.lastWords = error.stderr;
      const mapped = this.map(error);
      const reached = connectedAt !== undefined && mapped.code !== 'upstream_command_failed';
      if (reached) this.pass('connect', connectedAt! - started, '');
      this.fail(reached ? 'negotiate' : 'connect', performance.now() - (reached ? connectedAt! : started), mapped);
      return false;
    }
  }

  private async readLists(): Promise<boolean> {
    const reader = new ListReader(this.connection!);
    const { counts } = this;
    return (
      (await this.step('tools', async () => String((counts.tools = (await reader.tools()).length)))) &&
      (await this.step('resources', async () => {
        counts.resources = (await reader.resources()).length;
        counts.resourceTemplates = (await reader.resourceTemplates()).length;
        return `${counts.resources} + ${counts.resourceTemplates}`;
      })) &&
      (await this.step('prompts', async () => String((counts.prompts = (await reader.prompts()).length))))
    );
  }

  private async step(step: TestStepName, work: () => Promise<string>): Promise<boolean> {
    const started = performance.now();
    try {
      this.pass(step, 0, await work());
      this.steps.at(-1)!.durationMs = Math.round(performance.now() - started);
      return true;
    } catch (error) {
      this.fail(step, performance.now() - started, this.map(error));
      return false;
    }
  }

  private pass(step: TestStepName, durationMs: number, detail: string): void {
    this.steps.push({ step, status: 'ok', durationMs: Math.round(durationMs), detail });
  }

  private fail(step: TestStepName, durationMs: number, error: AppError): void {
    const detail = String(error.details.cause ?? '');
    const shown = { code: error.code, ...error.text(this.language) };
    this.steps.push({ step, status: 'failed', durationMs: Math.round(durationMs), detail, error: shown });
  }

  private map(error: unknown): AppError {
    return mapUpstreamError(error, { service: this.target.name, phase: 'connect', timeoutMs: this.timeoutMs });
  }

  private report(ok: boolean): TestReportData {
    const taken = new Set(this.steps.map((each) => each.step));
    const skipped = TEST_STEPS.filter((step) => !taken.has(step));
    for (const step of skipped) this.steps.push({ step, status: 'skipped', durationMs: 0, detail: '' });
    const stderr = (this.process?.stderrTail ?? this.lastWords).slice(-STDERR_CHARS);
    return {
      ok,
      steps: this.steps,
      era: this.connection?.era ?? null,
      protocolVersion: this.connection?.protocolVersion ?? null,
      transport: this.connection?.kind ?? null,
      serverInfo: this.connection?.serverInfo ?? null,
      counts: this.counts,
      ...(stderr && { stderr }),
      messages: this.frames.list(),
    };
  }
}
