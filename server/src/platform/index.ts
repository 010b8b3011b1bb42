export { Clock } from './clock.js';
export { ConfigError, isLoopback, readConfig } from './config/config.js';
export type { Config, PackagePolicy } from './config/config.js';
export { CONFIG } from './config/config.token.js';
export { RequestContext, contextOf } from './context/request-context.js';
export type { Context } from './context/request-context.js';
export {
  FlagColumn,
  IdColumn,
  JsonColumn,
  MomentColumn,
  RefColumn,
  databaseKind,
  longText,
} from './database/columns.js';
export type { DatabaseKind } from './database/columns.js';
export { containing, containingPattern } from './database/containing.js';
export { createDataSource } from './database/data-source.js';
export { isMissingParent, isStorageFailure, isUniqueViolation } from './database/errors.js';
export { lockDataDir } from './database/instance-lock.js';
export { migrate } from './database/migrate.js';
export { column } from './database/migration-columns.js';
export { orderedId } from './database/ordered-id.js';
export { DatabaseThread } from './database/database-thread.js';
export { DiskWatch } from './disk/disk-watch.js';
export { AddressPolicy } from './egress/address-policy.js';
export { AddressRanges } from './egress/address-ranges.js';
export { Egress, type Outlet } from './egress/egress.js';
export { BodyTooLarge } from './egress/post-exchange.js';
export type { PostAnswer } from './egress/post-exchange.js';
export type { EgressRules, TlsSettings } from './egress/egress-rules.js';
export { AppError } from './errors/app-error.js';
export type { FieldProblem } from './errors/app-error.js';
export { errorBody, retryAfterSeconds } from './errors/error-body.js';
export { toAppError } from './errors/error.filter.js';
export { validationPipe } from './errors/validation.pipe.js';
export { IsReadable, IsRowId, IsVersion, IsWellFormed, Optional, Trimmed } from './errors/field-rules.js';
export { EventBus, InProcessEventBus } from './events/event-bus.js';
export type { DomainEvents, EventType, Unsubscribe } from './events/event-bus.js';
export { callerAddress } from './http/caller-address.js';
export { EventOutlet } from './http/event-outlet.js';
export { HttpFront } from './http/http-front.js';
export type { Upgrader } from './http/http-front.js';
export { JsonMeter, JsonRefused } from './http/json-meter.js';
export { MARK, aroundLongText, isSurelyPlain, splitAtMark } from './http/long-text.js';
export { ANSWER_JSON, parseJsonAnswer, parseJsonBody } from './http/json-text.js';
export { isOurHost } from './http/our-host.js';
export { OverloadGate } from './http/overload-gate.js';
export { readBody } from './http/read-body.js';
export { turnAway } from './http/turn-away.js';
export { whenClosed } from './http/when-closed.js';
export { Lifecycle } from './lifecycle.js';
export type { Phase } from './lifecycle.js';
export type { MemorySource } from './memory/memory-use.js';
export { MemoryWatch, memoryShort } from './memory/memory-watch.js';
export { beginsWork, keepsConnections, takesCalls } from './memory/pressure.js';
export { PassingMap } from './memory/passing-map.js';
export { PageQuery, cutPage, decodeCursor, encodeCursor, pageOf } from './paging/page.js';
export type { Page } from './paging/page.js';
export { PlatformModule } from './platform.module.js';
export { RedisLink } from './redis/redis-link.js';
export type { RedisState } from './redis/redis-link.js';
export { Scrubber } from './secrets/scrubber.js';
export { SealBroken, SecretBox } from './secrets/secret-box.js';
export { createKeyFile, loadKeyRing } from './secrets/key-ring.js';
export type { KeyRing } from './secrets/key-ring.js';
export { PinoLogger, createLogger } from './telemetry/logger.js';
export { Metrics } from './telemetry/metrics.js';
export { contentHash } from './text/content-hash.js';
export { hidesCharacters, withoutHidden } from './text/hidden-characters.js';
export { AdminTrail } from './trail/admin-trail.js';
export type { AdminChange } from './trail/admin-trail.js';
export { WITHOUT_EFFECT, WithoutEffect } from './trail/without-effect.js';
