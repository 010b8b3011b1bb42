import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '../platform/index.js';

/** A resource of a service, in the service's own words. */
export class Resource {
  uri: string;
  name: string;
  title?: string;
  description?: string;
  mimeType?: string;

  /** Bytes, as the service announced. */
  size?: number;
}

export class ResourcePage extends pageOf(Resource) {}

/** A family of resources: a URI template of RFC 6570. */
export class ResourceTemplate {
  uriTemplate: string;
  name: string;
  title?: string;
  description?: string;
  mimeType?: string;
}

export class ResourceTemplatePage extends pageOf(ResourceTemplate) {}

/** What a resource holds, as MCP's ReadResourceResult has it. */
export class ResourceContents {
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  contents: object[];
}
