import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  inputRequired,
  inputResponse,
  MissingRequiredClientCapabilityError,
  type ClientCapabilities,
  type InputRequest,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { text, type FixtureAnswer, type FixtureTools } from './fixture-tool.ts';
import { oneField } from './forms.ts';
import { says, type FixturePrompts } from './prompts.ts';

interface Progress {
  round: number;
}

/** Signs what the fixture gives a client to keep; one key for the life of the process. */
export const requestState = createRequestStateCodec<Progress>({ key: crypto.getRandomValues(new Uint8Array(32)) });

/** What this request says its client can do. */
export function capabilitiesOf(context: ServerContext): ClientCapabilities {
  const envelope: Record<string, unknown> = context.mcpReq.envelope ?? {};
  return envelope[CLIENT_CAPABILITIES_META_KEY] ?? {};
}

/** Asks for a text under `field`. */
export const askFor = (field: string, message: string): InputRequest =>
  inputRequired.elicit({ message, requestedSchema: oneField(field, 'string') });

/** Asks for a yes or no under `field`. */
export const askWhether = (field: string, message: string): InputRequest =>
  inputRequired.elicit({ message, requestedSchema: oneField(field, 'boolean') });

const sample = (question: string, maxTokens: number) =>
  inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: question } }], maxTokens });

/** What the person wrote into `field` of the form `key`; undefined when they did not, or wrote something else than text. */
export function answerIn(context: ServerContext, key: string, field: string): string | undefined {
  const value = acceptedContent(context.mcpReq.inputResponses, key)?.[field];
  return typeof value === 'string' ? value : undefined;
}

const answered = (context: ServerContext, key: string): boolean =>
  inputResponse(context.mcpReq.inputResponses, key).kind !== 'missing';

async function confirmed(context: ServerContext): Promise<FixtureAnswer> {
  if (context.mcpReq.requestState<Progress>()?.round === 1 && answered(context, 'confirm')) return text('state-ok');
  return inputRequired({
    inputRequests: { confirm: askWhether('ok', 'Please confirm') },
    requestState: await requestState.mint({ round: 1 }),
  });
}

async function twoRounds(context: ServerContext): Promise<FixtureAnswer> {
  const round = context.mcpReq.requestState<Progress>()?.round ?? 0;
  const color = answerIn(context, 'step2', 'color');
  if (round === 2 && color) return text(`Your favorite color is ${color}.`);
  const step2 = round > 0 && answered(context, 'step1');
  return inputRequired({
    inputRequests: step2
      ? { step2: askFor('color', 'Step 2: What is your favorite color?') }
      : { step1: askFor('name', 'Step 1: What is your name?') },
    requestState: await requestState.mint({ round: step2 ? 2 : 1 }),
  });
}

async function threeQuestions(context: ServerContext): Promise<FixtureAnswer> {
  if (['user_name', 'greeting', 'client_roots'].every((key) => answered(context, key)))
    return text('All were answered.');
  return inputRequired({
    inputRequests: {
      user_name: askFor('name', 'What is your name?'),
      greeting: sample('Generate a greeting', 50),
      client_roots: inputRequired.listRoots(),
    },
    requestState: await requestState.mint({ round: 1 }),
  });
}

function onlyWhatTheClientCanDo(context: ServerContext): FixtureAnswer {
  const { sampling, elicitation } = capabilitiesOf(context);
  const inputRequests = {
    ...(sampling && { greeting: sample('Generate a greeting', 50) }),
    ...(elicitation && { user_name: askFor('name', 'What is your name?') }),
  };
  if (Object.keys(inputRequests).every((key) => answered(context, key))) return text('Nothing is left to ask.');
  return inputRequired({ inputRequests });
}

const askName = (): InputRequiredResult =>
  inputRequired({ inputRequests: { user_name: askFor('name', 'What is your name?') } });

/** Tools of the modern era: they answer with what they need, and are called again with it. */
export const ASK_TOOLS: FixtureTools = {
  test_input_required_result_elicitation: {
    description: 'Asks for a name.',
    run: (_args, context) => {
      const name = answerIn(context, 'user_name', 'name');
      return name === undefined ? askName() : text(`Hello, ${name}!`);
    },
  },
  test_input_required_result_sampling: {
    description: 'Asks the client to sample a model.',
    run: (_args, context) => {
      const answer = inputResponse(context.mcpReq.inputResponses, 'capital_question');
      if (answer.kind === 'sampling') return text(JSON.stringify(answer.result.content));
      return inputRequired({ inputRequests: { capital_question: sample('What is the capital of France?', 100) } });
    },
  },
  test_input_required_result_list_roots: {
    description: 'Asks for the roots of the client.',
    run: (_args, context) => {
      const answer = inputResponse(context.mcpReq.inputResponses, 'client_roots');
      if (answer.kind === 'roots') return text(answer.roots.map((root) => root.uri).join(', '));
      return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
    },
  },
  test_input_required_result_request_state: {
    description: 'Asks once and wants its state back.',
    run: (_args, context) => confirmed(context),
  },
  test_input_required_result_tampered_state: {
    description: 'Refuses a state that it did not sign.',
    run: (_args, context) => confirmed(context),
  },
  test_input_required_result_multiple_inputs: {
    description: 'Asks three things at once.',
    run: (_args, context) => threeQuestions(context),
  },
  test_input_required_result_multi_round: {
    description: 'Asks twice.',
    run: (_args, context) => twoRounds(context),
  },
  test_input_required_result_capabilities: {
    description: 'Asks only what the client said it can answer.',
    run: (_args, context) => onlyWhatTheClientCanDo(context),
  },
  test_streaming_elicitation: {
    description: 'Asks for a name, after a word on the stream.',
    run: async (_args, context) => {
      await context.mcpReq.log('info', 'about to ask');
      return askName();
    },
  },
  test_logging_tool: {
    description: 'Writes a log message for whoever asked for it.',
    run: async (_args, context) => {
      await context.mcpReq.log('info', 'a message');
      return text('Done.');
    },
  },
  test_missing_capability: {
    description: 'Works only for a client that can sample.',
    run: (_args, context) => {
      if (capabilitiesOf(context).sampling) return text('This client can sample.');
      throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { sampling: {} } });
    },
  },
};

/** A prompt that asks as the tools do. */
export const ASK_PROMPTS: FixturePrompts = {
  test_input_required_result_prompt: {
    definition: { description: 'Asks for its context.' },
    get: (_values, context) => {
      const answer = answerIn(context, 'user_context', 'context');
      if (answer !== undefined) return { messages: [says(`The context is ${answer}.`)] };
      return inputRequired({
        inputRequests: { user_context: askFor('context', 'What context should the prompt use?') },
      });
    },
  },
};
