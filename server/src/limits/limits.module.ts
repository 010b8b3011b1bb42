import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CallCounters } from './gate/call-counters.js';
import { DaySeed } from './gate/day-seed.js';
import { LimitGate } from './gate/limit-gate.js';
import { LimitPresenter } from './routes/limit-presenter.js';
import { LimitReader } from './routes/limit-reader.js';
import { LimitsController } from './routes/limits.controller.js';
import { LimitBook } from './rules/limit-book.js';
import { LimitRegistrar } from './rules/limit-registrar.js';
import { LimitRuleRow } from './rules/limit-rule.entity.js';
import { LimitSubjectWatch } from './rules/subject-watch.js';
import { SubjectNames } from './rules/subject-names.js';

/** Global, because the path of every call asks it. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([LimitRuleRow])],
  controllers: [LimitsController],
  providers: [
    CallCounters,
    DaySeed,
    LimitBook,
    LimitGate,
    LimitPresenter,
    LimitReader,
    LimitRegistrar,
    LimitSubjectWatch,
    SubjectNames,
  ],
  exports: [LimitGate, LimitRegistrar],
})
export class LimitsModule {}
