import { ApiProperty } from '@nestjs/swagger';
import { IsTextMap } from '../dto-rules.js';

export class OwnCredentialsDraft {
  /** By the names that the service asks for: of headers, or of variables of the environment. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  @IsTextMap(8_192)
  values: Record<string, string>;
}

/** Whether the caller may use the service with an account of their own. Values are never shown. */
export class OwnCredentials {
  /** What has to be entered. */
  names: string[];

  /** Null while nothing is stored that may be sent to where the service is now. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  storedAt: string | null;
}
