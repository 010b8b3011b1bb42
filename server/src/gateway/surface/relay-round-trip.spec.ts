import type { CallToolResult, GetPromptResult, ReadResourceResult } from '@modelcontextprotocol/server';
import fc from 'fast-check';
import { checkShape } from '../../clients/connection/result-shape.js';
import { ADDRESSES_OF_MANY, addressesOfOne, type Addresses } from '../catalogue/addresses.js';
import {
  anyBlock,
  anyMessage,
  anyResource,
  anyToolResult,
  listOf,
  withExtras,
  type Json,
} from '../spec/arbitrary-answers.js';
import { relayedContents, relayedPrompt, relayedQuestion, relayedToolResult, type Place } from './relay.js';

/** Of one hop, wherever it stands: docs/translation.md names it as lost. */
const OF_THE_HOP: Json = { resultType: 'complete', ttlMs: 5, cacheScope: 'public' };
const HOP_META: Json = { 'io.modelcontextprotocol/serverInfo': { name: 'service' } };

/** The same endpoint, read the other way: what a gateway behind us would have to write to be us again. */
const reversed = (addresses: Addresses): Addresses => ({
  toPublic: ({ uri: address }) => addresses.fromPublic(address)?.uri ?? `lost: ${address}`,
  fromPublic: () => undefined,
});
const PLACES: [string, Place][] = [
  ['of many services', { slug: 'svc', addresses: ADDRESSES_OF_MANY }],
  ['of one service', { slug: 'svc', addresses: addressesOfOne('svc') }],
];

const withHop = (result: Json, hop: boolean): Json =>
  hop ? { ...result, ...OF_THE_HOP, _meta: { ...(result['_meta'] as Json | undefined), ...HOP_META } } : result;

const RESULTS: [string, fc.Arbitrary<Json>, (result: Json, place: Place) => object][] = [
  ['tools/call', anyToolResult, (result, place) => relayedToolResult(result as CallToolResult, place)],
  [
    'prompts/get',
    withExtras(fc.record({ messages: listOf(anyMessage) })),
    (result, place) => relayedPrompt(result as GetPromptResult, place),
  ],
  [
    'resources/read',
    withExtras(fc.record({ contents: listOf(anyResource) })),
    (result, place) => relayedContents(result as ReadResourceResult, place),
  ],
];

describe.each(PLACES)('there and back, at an endpoint %s', (_, place) => {
  const back: Place = { ...place, addresses: reversed(place.addresses) };

  it.each(RESULTS)('the answer to %s is what it was, whatever is in it', (method, results, relay) => {
    fc.assert(
      fc.property(results, fc.boolean(), (result, hop) => {
        const there = relay(checkShape(method, withHop(result, hop)), place) as Json;
        expect(relay(checkShape(method, there), back)).toEqual(result);
      }),
    );
  });

  it('a question to a model is what it was, whatever is in it', () => {
    const toolAnswer = withExtras(fc.record({ type: fc.constant('tool_result'), content: listOf(anyBlock) }));
    const content = fc.oneof(anyBlock, toolAnswer, listOf(fc.oneof(anyBlock, toolAnswer)));
    const asked = withExtras(
      fc.record({ messages: listOf(withExtras(fc.record({ role: fc.constant('user'), content }))) }),
    );
    fc.assert(
      fc.property(asked, (params) => {
        const question = { method: 'sampling/createMessage' as const, params };
        expect(relayedQuestion(relayedQuestion(question, place), back)).toEqual(question);
      }),
    );
  });
});
