import { computed, signal } from '@angular/core';
import { ApiError, isAbort, type ServicesApi, type TestCallResult, type Tool } from '@gatehouse/api-client';
import type { FieldPlan } from '../schema-form/field-plan';
import type { Misfit } from '../schema-form/check-arguments';
import { readModel, showValue, startModel, type FormModel } from '../schema-form/form-model';
import { isRecord, type JsonSchema } from '../schema-form/json-schema';
import { planForm } from '../schema-form/plan-form';
import { misfitMessages, problemMessages, type Say } from './messages';

export type CallMode = 'form' | 'json';
/** How the last call ended; `unsent`: nothing went out because the arguments do not fit. */
export type CallState = 'idle' | 'unsent' | 'running' | 'answered' | 'tool-error' | 'failed' | 'cancelled';

const EMPTY_PLAN: FieldPlan = { kind: 'group', members: [] };

/** Checks arguments by a schema; the page does it in a worker. */
export type Check = (schema: JsonSchema, value: unknown) => Promise<Misfit[]>;

/** Calling one tool from the test panel: its arguments as form or JSON, the check before, the answer after. */
export class ToolCallStore {
  private stop = new AbortController();

  readonly tool = signal<Tool | undefined>(undefined);
  readonly plan = computed(() => (this.tool() ? planForm(this.tool()?.inputSchema ?? {}) : EMPTY_PLAN));
  readonly mode = signal<CallMode>('form');
  /** What a fresh form starts from; replaced only to start over. */
  readonly start = signal<FormModel>({});
  private model: FormModel = {};
  readonly text = signal('{}');
  /** What is wrong, by JSON pointer; '' stands for the arguments as a whole. */
  readonly messages = signal<ReadonlyMap<string, string>>(new Map());
  /** Whether the JSON says more than the form can show. */
  readonly onlyJson = signal(false);
  readonly state = signal<CallState>('idle');
  readonly answer = signal<TestCallResult | undefined>(undefined);
  readonly error = signal<ApiError | undefined>(undefined);
  /** The arguments of the last call that went out. */
  readonly sent = signal<unknown>(undefined);

  constructor(
    private readonly api: Pick<ServicesApi, 'testCall'>,
    private readonly check: Check,
    private readonly say: Say,
  ) {}

  choose(tool: Tool | undefined): void {
    if (tool?.name === this.tool()?.name) return;
    this.cancel();
    // A call that still ends belongs to the tool that was left.
    this.stop = new AbortController();
    this.tool.set(tool);
    this.begin(startModel(this.plan()));
    this.text.set(JSON.stringify(readModel(this.plan(), this.model).value ?? {}, null, 2));
    this.answer.set(undefined);
    this.error.set(undefined);
    this.state.set('idle');
  }

  edit(model: FormModel): void {
    this.model = model;
  }

  /** Shows the other twin of the arguments. A JSON that the form would lose something of stays JSON. */
  show(mode: CallMode): void {
    this.messages.set(new Map());
    this.onlyJson.set(false);
    if (mode === this.mode()) return;
    if (mode === 'json') {
      this.text.set(JSON.stringify(readModel(this.plan(), this.model).value ?? {}, null, 2));
    } else {
      const value = parsed(this.text());
      const model = value === undefined ? undefined : showValue(this.plan(), value);
      if (model === undefined) return this.onlyJson.set(true);
      this.begin(model);
    }
    this.mode.set(mode);
  }

  /** Calls the tool, unless its arguments do not fit. `ref`: id or slug of the service. */
  async run(ref: string): Promise<void> {
    const tool = this.tool();
    if (!tool || this.state() === 'running') return;
    const args = await this.arguments(tool);
    if (!args) return this.state.set('unsent');
    this.sent.set(args);
    this.state.set('running');
    const mine = (this.stop = new AbortController());
    try {
      const answer = await this.api.testCall(ref, { tool: tool.name, arguments: args }, mine.signal);
      this.settle(answer);
    } catch (error) {
      this.fail(error, mine);
    }
  }

  cancel(): void {
    this.stop.abort();
  }

  private begin(model: FormModel): void {
    this.model = model;
    this.start.set(model);
    this.messages.set(new Map());
    this.onlyJson.set(false);
  }

  /** The arguments to send; undefined when they do not fit, with `messages` saying why. */
  private async arguments(tool: Tool): Promise<Record<string, unknown> | undefined> {
    const value = this.mode() === 'form' ? this.readForm() : this.readText();
    if (value === undefined) return undefined;
    const misfits = await this.check(tool.inputSchema, value);
    this.messages.set(misfitMessages(misfits, this.say));
    return misfits.length === 0 && isRecord(value) ? value : undefined;
  }

  private readForm(): unknown {
    const { value, problems } = readModel(this.plan(), this.model);
    this.messages.set(problemMessages(problems, this.say));
    return problems.length > 0 ? undefined : (value ?? {});
  }

  private readText(): unknown {
    const value = parsed(this.text());
    if (isRecord(value)) return value;
    this.messages.set(new Map([['', this.say('services.unreadable.not-json')]]));
    return undefined;
  }

  private settle(answer: TestCallResult): void {
    this.answer.set(answer);
    this.error.set(undefined);
    this.state.set(answer.result.isError === true ? 'tool-error' : 'answered');
  }

  private fail(error: unknown, mine: AbortController): void {
    if (mine !== this.stop) return;
    if (isAbort(error)) return this.state.set('cancelled');
    if (!(error instanceof ApiError)) throw error;
    this.answer.set(undefined);
    this.error.set(error);
    this.messages.set(
      new Map(error.fields.map((field) => [field.path.startsWith('/') ? field.path : `/${field.path}`, field.message])),
    );
    this.state.set('failed');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
