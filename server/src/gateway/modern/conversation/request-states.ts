import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, SealBroken, SecretBox } from '../../../platform/index.js';
import { UsedStates } from './used-states.js';

/** How long a client may take to come back, ms. */
export const STATE_LIFETIME_MS = 600_000;

const PLACE = 'mcp:request-state:v1';

/** The one request that a state belongs to. */
export interface Binding {
  readonly userId: string;
  readonly credential: string;
  readonly endpoint: string;
  readonly method: string;
  readonly service: string;
  /** Of the tool, the prompt or the resource. */
  readonly name: string;
  readonly argumentsDigest: string;
}

/** Why the client was asked to come back. */
export type Errand =
  /** A modern service asked, and holds nothing: its own state travels inside ours. */
  | { readonly kind: 'relay'; readonly serviceState?: string }
  /** A legacy service asked, and waits for the answer in a call that goes on here. */
  | { readonly kind: 'parked'; readonly callId: string }
  /** A legacy service did nothing and wants to be called again, once a person has opened an address. */
  | { readonly kind: 'again' };

export interface RequestState {
  readonly binding: Binding;
  readonly errand: Errand;
  /** What was asked; other answers are nobody's. */
  readonly keys: readonly string[];
  readonly nonce: string;
  readonly expiresAtMs: number;
}

/** Why a state does not count; for the record, not for the client. */
export class StateRefused extends Error {
  override readonly name = 'StateRefused';

  constructor(readonly reason: 'altered' | 'expired' | 'used' | keyof Binding) {
    super(`requestState refused: ${reason}`);
  }
}

/**
 * Makes and checks the `requestState` that a client carries between the rounds of one request: sealed, so that it can be
 * neither read nor altered, bound to who asked what and where, and good for one retry within ten minutes.
 *
 * Source: MCP 2026-07-28, basic/patterns/mrtr: the state is in the hands of an attacker.
 */
@Injectable()
export class RequestStates {
  constructor(
    private readonly box: SecretBox,
    private readonly used: UsedStates,
    private readonly clock: Clock,
  ) {}

  issue(binding: Binding, errand: Errand, keys: readonly string[]): string {
    const expiresAtMs = this.clock.now().getTime() + STATE_LIFETIME_MS;
    const state: RequestState = { binding, errand, keys, nonce: randomUUID(), expiresAtMs };
    return this.box.seal(JSON.stringify(state), PLACE);
  }

  /** Uses the state up. @throws {StateRefused} */
  async redeem(sealed: string, binding: Binding): Promise<RequestState> {
    const state = this.opened(sealed);
    if (state.expiresAtMs <= this.clock.now().getTime()) throw new StateRefused('expired');
    for (const part of Object.keys(binding) as (keyof Binding)[]) {
      if (state.binding[part] !== binding[part]) throw new StateRefused(part);
    }
    if (!(await this.used.claim(state.nonce, state.expiresAtMs))) throw new StateRefused('used');
    return state;
  }

  private opened(sealed: string): RequestState {
    try {
      return JSON.parse(this.box.open(sealed, PLACE)) as RequestState;
    } catch (error) {
      if (error instanceof SealBroken) throw new StateRefused('altered');
      throw error;
    }
  }
}
