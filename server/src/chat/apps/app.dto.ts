import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsObject, IsString, MaxLength } from 'class-validator';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;
const LONGEST_NAME = 256;
const LONGEST_URI = 8_192;

/** The app of a tool, ready to be put into its frames. */
export class AppPage {
  /** A stranger's program: for the sandbox frame alone, never for a page of ours. */
  html: string;

  /** The page around the app, on its own origin; whoever shows it adds `&host=` and their origin. */
  frameUrl: string;

  /** What the app wants of the browser, as features of a permissions policy. To be given only if the person agrees. */
  features: string[];

  /** Origins that the app may reach, for the person to see. */
  reaches: string[];
}

/** What an app calls: a tool of its own service. */
export class AppCall {
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_NAME)
  tool: string;

  @ApiProperty(ANY_OBJECT)
  @IsObject()
  arguments: Record<string, unknown>;
}

export class AppCallResult {
  callId: string;

  @ApiProperty({ ...ANY_OBJECT, description: "MCP's CallToolResult, as the service sent it." })
  result: object;
}

/** What an app reads: a resource of its own service. */
export class AppRead {
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_URI)
  uri: string;
}

export class AppReadResult {
  @ApiProperty({ type: 'array', items: ANY_OBJECT, description: "MCP's ReadResourceResult, as the service sent it." })
  contents: object[];
}
