import './events.js';

export { CallCounters } from './gate/call-counters.js';
export { LimitGate } from './gate/limit-gate.js';
export type { Arrival, Pass } from './gate/limit-gate.js';
export { Nearest, rateLimitFields } from './gate/standing.js';
export type { Standing } from './gate/standing.js';
export { Turnstile, TurnedAway } from './gate/turnstile.js';
export { LimitsModule } from './limits.module.js';
export { LimitNumbersDraft, numbersOf as limitNumbersOf } from './routes/limit.dto.js';
export { LimitBook } from './rules/limit-book.js';
export { LimitRegistrar } from './rules/limit-registrar.js';
export { LimitRuleRow } from './rules/limit-rule.entity.js';
export { LIMIT_NAMES } from './rules/rule.js';
export type { LimitSubject } from './rules/rule.js';
