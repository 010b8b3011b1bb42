import { Injectable } from '@nestjs/common';
import type { ModelMessage, TextStreamPart, ToolSet } from 'ai';
import { LanguageModels, modelFailure, type ReadyModel } from '../../llm/index.js';
import { AppError, Clock, errorBody } from '../../platform/index.js';
import type { Message } from '../message.store.js';
import type { CallRunner } from './call-runner.js';
import { estimateTokens, newestTurns, promptBudget, withoutOldResults } from './context-window.js';
import { toModelMessages } from './history.js';
import { MAX_CALLS, MAX_PARALLEL_CALLS, MAX_STEPS, budgetUsed } from './limits.js';
import type { LiveTurn } from './live-turn.js';
import type { TurnChunk } from './parts.js';
import { systemPrompt } from './system-prompt.js';
import { textForModel } from './tool-output.js';
import type { OfferedTool } from './tools-on-offer.js';

/** Characters of one answer that the model is given, where its window is large enough. */
const MAX_OUTPUT_CHARACTERS = 24_000;

/** Of one request, where no answer has begun. More would keep a person waiting for an endpoint that is down. */
const MAX_RETRIES = 1;

/** What one turn of the model stands on. */
export interface LoopInput {
  modelId: string | null;
  /** Ends with the question. */
  messages: readonly Message[];
  tools: readonly OfferedTool[];
  runner: CallRunner;
}

/** The AI SDK, loaded when somebody talks to a model. */
type Sdk = typeof import('ai');

interface Prompt {
  instructions: string;
  messages: ModelMessage[];
  tools: ToolSet;
  budgetTokens: number;
}

/** Lets the model answer, calling tools as it wants to, until it is done or has used up what one question may take. */
@Injectable()
export class ChatLoop {
  constructor(
    private readonly models: LanguageModels,
    private readonly clock: Clock,
  ) {}

  /**
   * Everything that happens goes to `live`; a model that fails in the middle leaves what it had written.
   *
   * @throws {AppError} `model_not_configured`, before anything else; `model_unavailable`, `egress_refused`, `turn_budget_used`
   */
  async run(live: LiveTurn, input: LoopInput): Promise<void> {
    const ready = await this.models.get(input.modelId);
    const sdk = await import('ai');
    const prompt = await this.promptFor(sdk, live, input, ready);
    const isLast = (stepNumber: number): boolean => stepNumber >= MAX_STEPS - 1 || input.runner.callCount >= MAX_CALLS;
    const { stream } = sdk.streamText({
      model: ready.model,
      instructions: prompt.instructions,
      messages: prompt.messages,
      tools: prompt.tools,
      toolOrder: input.tools.map((tool) => tool.publicName),
      toolCallConcurrency: MAX_PARALLEL_CALLS,
      maxRetries: MAX_RETRIES,
      stopWhen: sdk.isStepCount(MAX_STEPS),
      // The last step has to be words: an answer that ends in a call says nothing to anybody.
      prepareStep: ({ stepNumber, messages }) => ({
        messages: withoutOldResults(messages, prompt.budgetTokens),
        ...(isLast(stepNumber) && { toolChoice: 'none' as const }),
      }),
      abortSignal: live.modelSignal,
      onError: () => undefined, // Told by the stream below; the default prints it.
    });
    const failure = await relay(sdk, live, stream, prompt.tools);
    // How a turn was ended early is said by whoever ended it.
    if (failure !== undefined && !live.modelSignal.aborted) throw await reasonFor(sdk, failure);
  }

  private async promptFor(sdk: Sdk, live: LiveTurn, input: LoopInput, ready: ReadyModel): Promise<Prompt> {
    const offers = input.tools.length > 0;
    const instructions = systemPrompt(live.audience.language, offers, this.clock.now());
    const definitions = input.tools.map(({ publicName, description, inputSchema }) => [
      publicName,
      description,
      inputSchema,
    ]);
    const budgetTokens = promptBudget(ready.contextTokens, estimateTokens(instructions) + estimateTokens(definitions));
    const messages = newestTurns(await toModelMessages(input.messages, offers), budgetTokens);
    const outputCharacters = Math.min(MAX_OUTPUT_CHARACTERS, Math.floor(ready.contextTokens / 2));
    return { instructions, messages, tools: toolSet(sdk, input, outputCharacters), budgetTokens };
  }
}

/** Shows what the model does. @returns what it failed with; undefined when it did not */
async function relay(
  sdk: Sdk,
  live: LiveTurn,
  parts: ReadableStream<TextStreamPart<ToolSet>>,
  tools: ToolSet,
): Promise<unknown> {
  let failure: unknown;
  const onError = (error: unknown): string => {
    failure ??= error;
    return '';
  };
  const options = { sendStart: false, sendFinish: false, redactToolErrors: false, onError };
  try {
    const chunks = sdk.toUIMessageStream({ stream: parts, tools, ...options }) as ReadableStream<TurnChunk>;
    for await (const chunk of chunks) {
      if (chunk.type === 'tool-input-error') live.emit({ ...chunk, errorText: senseless(live, tools, chunk.toolName) });
      else if (chunk.type !== 'abort' && chunk.type !== 'error') live.emit(chunk);
    }
  } catch (error) {
    failure ??= error;
  }
  return failure;
}

/** What the person is told of a call that the model got wrong in a way that it could not even be made. */
function senseless(live: LiveTurn, tools: ToolSet, toolName: string): string {
  const error = new AppError(toolName in tools ? 'arguments_invalid' : 'tool_not_found', {
    details: { tool: toolName },
  });
  return JSON.stringify(errorBody(error, live.audience.language, live.audience.requestId));
}

/** In its last step a model is told to call nothing; one that does it all the same has used up its steps. */
const reasonFor = async (sdk: Sdk, failure: unknown): Promise<AppError> =>
  sdk.ToolChoiceViolationError.isInstance(failure) ? budgetUsed() : modelFailure(failure);

function toolSet(sdk: Sdk, { tools, runner }: LoopInput, outputCharacters: number): ToolSet {
  return Object.fromEntries(tools.map((tool) => [tool.publicName, modelTool(sdk, tool, runner, outputCharacters)]));
}

const modelTool = (sdk: Sdk, tool: OfferedTool, runner: CallRunner, outputCharacters: number): ToolSet[string] =>
  sdk.dynamicTool({
    description: tool.description,
    title: tool.title,
    inputSchema: sdk.jsonSchema(tool.inputSchema),
    execute: (input, { toolCallId }) =>
      runner.run({ toolCallId, publicName: tool.publicName, tool, arguments: input as Record<string, unknown> }),
    toModelOutput: ({ output }) => {
      const value = textForModel(output, outputCharacters);
      return { type: (output as { isError?: boolean }).isError ? 'error-text' : 'text', value };
    },
  });
