import { ApiProperty } from '@nestjs/swagger';
import { IsIP, IsOptional } from 'class-validator';
import { IsLine } from '../dto-rules.js';

export class ExplainQuery {
  /** Id or e-mail address. */
  @IsLine(254)
  user: string;

  /** Id or slug. */
  @IsLine(64)
  service: string;

  /** Exact name of a tool; absent: the service as a whole. */
  @IsOptional()
  @IsLine(128)
  tool?: string;

  /** Where the person would call from; absent: from somewhere that is allowed. */
  @IsOptional()
  @IsIP()
  address?: string;
}

const LINK_KINDS = ['grant', 'role', 'policy', 'service', 'profile', 'address'] as const;
const EFFECTS = ['allow', 'deny'] as const;

/** One thing that had a say in the decision. */
export class ExplanationLink {
  @ApiProperty({ enum: LINK_KINDS })
  kind: (typeof LINK_KINDS)[number];

  /** Of the grant or the service. */
  id?: string;

  @ApiProperty({ enum: EFFECTS })
  effect: (typeof EFFECTS)[number];

  /** One sentence in the language of the request. */
  text: string;
}

export const EXPLANATION_CODES = [
  'granted',
  'denied-by-grant',
  'no-grant',
  'not-in-key',
  'permission-missing',
  'has-permission',
  'passage-closed',
  'denied-by-passage',
  'service-disabled',
  'address-refused',
  'user-disabled',
] as const;

/** Why somebody may, or may not, use a service or one of its tools. */
export class Explanation {
  allowed: boolean;

  @ApiProperty({ enum: EXPLANATION_CODES })
  code: (typeof EXPLANATION_CODES)[number];

  /** The outcome in one sentence, in the language of the request. */
  sentence: string;

  /** What decided comes first. */
  chain: ExplanationLink[];
}
