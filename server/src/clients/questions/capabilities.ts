import {
  CLIENT_CAPABILITIES_META_KEY,
  LOG_LEVEL_META_KEY,
  type ClientCapabilities,
} from '@modelcontextprotocol/client';
import { APPS_CAPABILITY } from '../apps-extension.js';
import type { ForeignObject } from '../../services/index.js';
import type { Counterpart, Question } from '../dialogue.js';

type Nothing = Record<string, never>;

/** What a legacy service is told at `initialize`: whatever any client behind us may be able to do. */
export const RELAYED: ClientCapabilities = {
  elicitation: { form: {}, url: {} },
  sampling: { tools: {} },
  roots: {},
  extensions: APPS_CAPABILITY,
};

/**
 * What a modern service is told with a request: the relayed part of what this counterpart declared to us, and no more.
 * Extensions are declared by whoever relays them.
 */
export function declaredFor(counterpart: Pick<Counterpart, 'capabilities'> | undefined): ClientCapabilities {
  const { elicitation, sampling, roots } = counterpart?.capabilities ?? {};
  return {
    ...(elicitation && { elicitation: modesOf(elicitation) }),
    ...(sampling && { sampling: sampling.tools ? { tools: {} } : {} }),
    ...(roots && { roots: {} }),
  };
}

/** The part of `_meta` that tells a modern service who is behind a request. */
export function envelopeFor(
  counterpart: Pick<Counterpart, 'capabilities' | 'logLevel' | 'onLog'> | undefined,
  extensions: ForeignObject | undefined,
): ForeignObject {
  const capabilities = { ...declaredFor(counterpart), extensions: { ...APPS_CAPABILITY, ...extensions } };
  const level = counterpart?.onLog && counterpart.logLevel;
  return { [CLIENT_CAPABILITIES_META_KEY]: capabilities, ...(level && { [LOG_LEVEL_META_KEY]: level }) };
}

/** Whether there is anything that may be asked of it. */
export const canBeAsked = (counterpart: Counterpart | undefined): boolean =>
  Object.keys(declaredFor(counterpart)).length > 0;

/** What somebody would have to declare so that this may be asked of them; undefined when they did. */
export function lackingFor(
  { method, params }: Question,
  { elicitation, sampling, roots }: ClientCapabilities,
): ClientCapabilities | undefined {
  switch (method) {
    case 'roots/list':
      return roots ? undefined : { roots: {} };
    case 'sampling/createMessage': {
      const wantsTools = params['tools'] !== undefined || params['toolChoice'] !== undefined;
      if (sampling && (!wantsTools || sampling.tools)) return undefined;
      return { sampling: wantsTools ? { tools: {} } : {} };
    }
    case 'elicitation/create': {
      const mode = params['mode'] === 'url' ? 'url' : 'form';
      if (elicitation && modesOf(elicitation)[mode]) return undefined;
      return { elicitation: { [mode]: {} } };
    }
  }
}

/** Clients from before there were modes say `{}` and mean forms. */
function modesOf({ form, url }: NonNullable<ClientCapabilities['elicitation']>): { form?: Nothing; url?: Nothing } {
  return { ...((form || !url) && { form: {} }), ...(url && { url: {} }) };
}
