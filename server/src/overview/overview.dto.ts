import { ApiProperty } from '@nestjs/swagger';
import { Call } from '../audit/index.js';

export class OverviewServices {
  total: number;
  ready: number;
  /** Enabled, and something is wrong with them. */
  attention: number;
}

export class TopTool {
  service: string;
  tool: string;
  calls: number;
}

/** What has been done of the way from a fresh installation to a governed one. */
export class Checklist {
  service: boolean;
  /** Some tool was called with success. */
  test: boolean;
  group: boolean;
  grant: boolean;
  /** Some MCP client called through /mcp. */
  client: boolean;
}

/** A service that says something which somebody should look at; nobody may see or call these tools until then. */
export class HeldTools {
  serviceSlug: string;
  serviceName: string;
  tools: number;
}

/** A disk that is nearly full: when it is full, no call can be recorded, and so none is made. */
export class DiskWarning {
  freeBytes: number;
  totalBytes: number;
}

/** The state of things, limited to what the caller may see. */
export class Overview {
  services: OverviewServices;
  calls24h: number;
  errors24h: number;
  denied24h: number;
  /** 95th percentile of finished calls in the last 24 hours, ms. */
  p95Ms: number;

  @ApiProperty({ type: [Call] })
  recent: Call[];

  @ApiProperty({ type: [TopTool] })
  topTools: TopTool[];

  checklist: Checklist;

  /** Empty for callers who may not change services. */
  @ApiProperty({ type: [HeldTools] })
  held: HeldTools[];

  /** Null while there is room, and for callers without `health:read`. */
  @ApiProperty({ type: DiskWarning, nullable: true })
  disk: DiskWarning | null;
}
