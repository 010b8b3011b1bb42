import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LlmModule } from '../llm/index.js';
import { DeclarationLoader } from './declaration-loader.js';
import { DeclaredItem } from './declared-item.entity.js';
import { Declarer } from './declarer.js';
import { DriftBook } from './drift-book.js';

/** What the operator declares in a file. See README.md. */
@Module({
  imports: [TypeOrmModule.forFeature([DeclaredItem]), LlmModule],
  providers: [Declarer, DeclarationLoader, DriftBook],
})
export class DeclarationModule {}
