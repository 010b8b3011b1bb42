const KIB = 1024;
const MIB = 1024 * KIB;

/** How much of a service is taken in. Everything beyond is refused, cut or left out; nothing waits without a deadline. */
export const LIMITS = {
  /** One line on a child's standard output. */
  stdioLineBytes: 4 * MIB,
  /** What is kept of a child's standard error. */
  stderrBytes: 64 * KIB,
  /** A child that does not read its input for so long is stopped. */
  stdioWriteMs: 5_000,
  /** One answer or one event over HTTP or WebSocket, decoded. */
  messageBytes: 16 * MIB,
  pages: 50,
  tools: 500,
  resources: 2_000,
  prompts: 500,
  toolName: /^[A-Za-z0-9_.-]{1,128}$/,
  nameChars: 256,
  uriChars: 2_048,
  /** Different resources of one service that are watched at once. */
  watchedResources: 1_000,
  descriptionBytes: 8 * KIB,
  schemaBytes: 64 * KIB,
  /** Anything else that an item carries, such as icons or `_meta`. */
  extraBytes: 32 * KIB,
  /** An item with everything that it carries. */
  itemBytes: 256 * KIB,
  /** Where the next page begins, in the service's own words. */
  cursorChars: 16 * KIB,
  /** All lists of one service together. */
  listBytes: 4 * MIB,
  /** A call, unless the service or the caller says otherwise. */
  callMs: 60_000,
  callCeilingMs: 3_600_000,
  /** In one call, of a legacy service; rounds of questions of a modern one. */
  questions: 10,
  /** How long somebody may take to answer one question, and all questions of a call together. */
  questionMs: 600_000,
  questionsMs: 1_800_000,
  connectMs: { stdio: 30_000, http: 15_000, websocket: 15_000 },
  /** How long a child may take to answer a probe before it counts as legacy. */
  stdioProbeMs: 10_000,
  listMs: 30_000,
} as const;
