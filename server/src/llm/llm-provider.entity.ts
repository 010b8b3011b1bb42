import { Column, Entity, Index } from 'typeorm';
import { FlagColumn, IdColumn, JsonColumn, MomentColumn, longText } from '../platform/index.js';
import type { LlmKind } from './llm-kind.js';

/** An endpoint that offers language models, and how to reach it. */
@Entity('llm_provider')
@Index('uq_llm_provider_name', ['name'], { unique: true })
export class LlmProviderRow {
  @IdColumn()
  id: string;

  @Column({ type: 'varchar', length: 80 })
  name: string;

  @Column({ type: 'varchar', length: 32 })
  kind: LlmKind;

  @Column({ name: 'base_url', type: 'varchar', length: 2048 })
  baseUrl: string;

  /** The model used where nobody chose one. */
  @Column({ type: 'varchar', length: 200 })
  model: string;

  /** All models that people may choose; contains `model`. */
  @JsonColumn()
  models: string[];

  /** The API key, sealed for this row; null for endpoints that want none. */
  @Column({ name: 'sealed_key', type: longText(), nullable: true })
  sealedKey: string | null;

  @FlagColumn(false, { name: 'is_default' })
  isDefault: boolean;

  /** How many tokens of prompt and answer fit the model. */
  @Column({ name: 'context_tokens', type: 'int' })
  contextTokens: number;

  @FlagColumn(true)
  enabled: boolean;

  @Column({ type: 'int' })
  version: number;

  @MomentColumn({ name: 'created_at' })
  createdAt: Date;

  @MomentColumn({ name: 'updated_at' })
  updatedAt: Date;
}
