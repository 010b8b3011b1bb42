import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, RequirePermission, SignedIn, type Principal } from '../../auth/index.js';
import { AppError, cutPage, decodeCursor, type Page } from '../../platform/index.js';
import { authorOf, say } from '../../services/index.js';
import { LimitBook } from '../rules/limit-book.js';
import { LimitRegistrar } from '../rules/limit-registrar.js';
import type { StoredRule } from '../rules/limit-rows.js';
import { LIMIT_NAMES, SUBJECT_KINDS, type LimitNumbers, type LimitSubject } from '../rules/rule.js';
import { LimitPresenter } from './limit-presenter.js';
import { LimitReader } from './limit-reader.js';
import {
  EffectiveLimits,
  EffectiveLimitsQuery,
  Limit,
  LimitChange,
  LimitDefaults,
  LimitDraft,
  LimitPage,
  LimitQuery,
  OwnLimits,
  numbersOf,
  type LimitSubjectDraft,
} from './limit.dto.js';

@ApiTags('limits')
@Controller('api/mcp/limits')
export class LimitsController {
  constructor(
    private readonly book: LimitBook,
    private readonly registrar: LimitRegistrar,
    private readonly reader: LimitReader,
    private readonly presenter: LimitPresenter,
  ) {}

  @Get()
  @RequirePermission('limits:read')
  @ApiOperation({ operationId: 'listLimits', summary: 'Rules, by what they limit and then oldest first' })
  @ApiOkResponse({ type: LimitPage })
  async list(@Caller() caller: Principal, @Query() query: LimitQuery): Promise<Page<Limit>> {
    const { reaches } = authorOf(caller);
    const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 3);
    const rules = this.book
      .all()
      .filter(({ subject }) => query.kind === undefined || subject.kind === query.kind)
      .filter(({ subject }) => (subject.kind !== 'service' && subject.kind !== 'tool') || reaches(subject.id))
      .sort((a, b) => compare(positionOf(a), positionOf(b)));
    const rest = after ? rules.filter((rule) => compare(positionOf(rule), after) > 0) : rules;
    const { items, nextCursor } = cutPage(rest, query.limit ?? 50, positionOf, (rule) => rule);
    return { items: await this.presenter.rules(items), nextCursor };
  }

  @Get('defaults')
  @RequirePermission('limits:read')
  @ApiOperation({ operationId: 'getLimitDefaults', summary: 'What applies where no rule says anything' })
  @ApiOkResponse({ type: LimitDefaults })
  defaults(): Promise<LimitDefaults> {
    return this.reader.defaults();
  }

  @Get('effective')
  @RequirePermission('limits:read')
  @ApiOperation({
    operationId: 'explainLimits',
    summary: 'The limits of a person at a service or one tool of it, and where each number comes from',
  })
  @ApiOkResponse({ type: EffectiveLimits })
  effective(@Query() query: EffectiveLimitsQuery): Promise<EffectiveLimits> {
    return this.reader.effective(query);
  }

  @Get('mine')
  @SignedIn()
  @ApiOperation({ operationId: 'getOwnLimits', summary: 'The limits of the caller, and how much of them is used' })
  @ApiOkResponse({ type: OwnLimits })
  mine(@Caller() caller: Principal): Promise<OwnLimits> {
    return this.reader.mine(caller);
  }

  @Post()
  @RequirePermission('limits:write')
  @ApiOperation({ operationId: 'createLimit', summary: 'Limit everyone, a group, a user, a key, a service or a tool' })
  @ApiCreatedResponse({ type: Limit })
  async create(@Caller() caller: Principal, @Body() draft: LimitDraft): Promise<Limit> {
    return this.shown(await this.registrar.create(subjectOf(draft.subject), numbersOf(draft), authorOf(caller)));
  }

  @Put(':id')
  @RequirePermission('limits:write')
  @ApiOperation({ operationId: 'changeLimit', summary: 'Change a rule; null inherits, absent fields stay as they are' })
  @ApiOkResponse({ type: Limit })
  async change(@Caller() caller: Principal, @Param('id') id: string, @Body() change: LimitChange): Promise<Limit> {
    const numbers = Object.fromEntries(
      LIMIT_NAMES.flatMap((name) => (change[name] === undefined ? [] : [[name, change[name]]])),
    ) as Partial<LimitNumbers>;
    return this.shown(await this.registrar.change(id, numbers, change.version, authorOf(caller)));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('limits:write')
  @ApiOperation({ operationId: 'deleteLimit', summary: 'Remove a rule; what it set is inherited again' })
  @ApiNoContentResponse()
  remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.registrar.remove(id, authorOf(caller));
  }

  private async shown(rule: StoredRule): Promise<Limit> {
    const [shown] = await this.presenter.rules([rule]);
    if (!shown) throw new AppError('not_found');
    return shown;
  }
}

/** @throws {AppError} `validation_failed` for parts that do not belong together */
function subjectOf({ kind, id, tool }: LimitSubjectDraft): LimitSubject {
  const wrong = (path: string, en: string, zh: string): AppError =>
    new AppError('validation_failed', { fields: [{ path: `subject.${path}`, message: say(en, zh) }] });
  if (kind !== 'tool' && tool !== undefined) throw wrong('tool', 'belongs to a tool alone', '仅适用于工具');
  if (kind === 'everyone') {
    if (id !== undefined) throw wrong('id', 'does not belong to everyone', '“所有人”不需要 id');
    return { kind };
  }
  if (id === undefined) throw wrong('id', 'is missing', '缺少 id');
  if (kind !== 'tool') return { kind, id };
  if (tool === undefined) throw wrong('tool', 'is missing', '缺少工具名称');
  return { kind, id, tool };
}

type Position = (string | number)[];

const positionOf = ({ id, subject, createdAt }: StoredRule): Position => [
  SUBJECT_KINDS.indexOf(subject.kind),
  createdAt.getTime(),
  id,
];

function compare(a: Position, b: Position): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  const [mine, other] = [a[at], b[at]];
  if (mine === undefined || other === undefined) return 0;
  return mine < other ? -1 : 1;
}
