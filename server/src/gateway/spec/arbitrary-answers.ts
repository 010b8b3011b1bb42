import fc from 'fast-check';

export type Json = Record<string, unknown>;

/** Keys that no revision knows yet, and values of any depth. */
const anything = fc.dictionary(
  fc.string().map((key) => `x-${key}`),
  fc.jsonValue(),
  { maxKeys: 3 },
) as fc.Arbitrary<Json>;
const meta = fc.option(
  anything.filter((it) => Object.keys(it).length > 0).map((_meta) => ({ _meta })),
  { nil: {} },
);
const uri = fc
  .tuple(fc.constantFrom('file:///', 'ui://', 'demo:', ''), fc.string({ minLength: 1 }))
  .map((parts) => parts.join(''));

/** What is known, among keys and metadata that are not. */
export const withExtras = (known: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.tuple(anything, meta, known).map(([extra, marked, block]) => ({ ...extra, ...marked, ...block }));
export const anyResource = withExtras(
  fc.oneof(fc.record({ uri, text: fc.string() }), fc.record({ uri, blob: fc.base64String() })),
);
/** Content of every kind. */
export const anyBlock = fc.oneof(
  withExtras(fc.record({ type: fc.constant('text'), text: fc.string() })),
  withExtras(fc.record({ type: fc.constantFrom('image', 'audio'), data: fc.base64String(), mimeType: fc.string() })),
  withExtras(fc.record({ type: fc.constant('resource_link'), uri, name: fc.string() })),
  withExtras(fc.record({ type: fc.constant('resource'), resource: anyResource })),
);
export const listOf = (item: fc.Arbitrary<Json>): fc.Arbitrary<Json[]> => fc.array(item, { maxLength: 4 });

export const anyToolResult = withExtras(
  fc.record(
    { content: listOf(anyBlock), structuredContent: fc.jsonValue(), isError: fc.boolean() },
    { requiredKeys: ['content'] },
  ),
);
export const anyMessage = withExtras(fc.record({ role: fc.constantFrom('user', 'assistant'), content: anyBlock }));
