import { ApiProperty } from '@nestjs/swagger';

export class ProfileItemTokens {
  serviceId: string;

  /** Null for the whole service. */
  @ApiProperty({ type: String, nullable: true })
  tool: string | null;

  /** How many tools it adds. */
  tools: number;

  tokens: number;
}

/**
 * What the tools of a profile take of a model's context: names, descriptions and parameters, counted with the vocabulary
 * o200k. Other models count a little differently.
 */
export class ProfileTokens {
  /** When every tool is listed. */
  list: number;

  /** When tools are searched for. */
  search: number;

  /** In the order of the profile's items. */
  items: ProfileItemTokens[];
}
