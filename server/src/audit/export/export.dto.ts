import { IsIn } from 'class-validator';
import { CallFilters } from '../calls/call.dto.js';

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Which calls to write into the file, and how. */
export class CallExportQuery extends CallFilters {
  /** `jsonl`: a JSON object a line. */
  @IsIn(EXPORT_FORMATS)
  format: ExportFormat;
}
