import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';
import { pageOf } from '../platform/index.js';

export class PromptArgument {
  name: string;
  description?: string;
  required?: boolean;
}

/** A prompt of a service, in the service's own words. */
export class Prompt {
  name: string;
  title?: string;
  description?: string;

  @ApiProperty({ type: [PromptArgument] })
  arguments: readonly PromptArgument[];
}

export class PromptPage extends pageOf(Prompt) {}

const MOST_ARGUMENTS = 64;

const isTextMap = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= MOST_ARGUMENTS &&
  Object.values(value).every((text) => typeof text === 'string');

/** What a prompt is filled in with. */
export class PromptRequest {
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  @ValidateIf((_, value: unknown) => value !== undefined)
  @ValidateBy({
    name: 'isTextMap',
    validator: { validate: isTextMap, defaultMessage: () => `must be an object of at most ${MOST_ARGUMENTS} texts` },
  })
  arguments?: Record<string, string>;
}

/** A prompt filled in, as MCP's GetPromptResult has it. */
export class PromptMessages {
  description?: string;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  messages: object[];
}
