import { Pipe, inject, type PipeTransform } from '@angular/core';
import { Languages } from '../i18n/languages';
import { formatBytes, formatCount, formatDuration, formatRowMoment } from './format';

/** `1234` → "1,234". */
@Pipe({ name: 'count', pure: false })
export class CountPipe implements PipeTransform {
  private readonly languages = inject(Languages);

  transform(count: number): string {
    return formatCount(count, this.languages.current());
  }
}

/** Milliseconds → "340 ms", "1.23 s". */
@Pipe({ name: 'duration' })
export class DurationPipe implements PipeTransform {
  transform(ms: number | null | undefined): string {
    return formatDuration(ms);
  }
}

/** Bytes → "2.0 kB". */
@Pipe({ name: 'bytes' })
export class BytesPipe implements PipeTransform {
  transform(bytes: number | null | undefined): string {
    return formatBytes(bytes);
  }
}

/** ISO 8601 → "Nov 12, 14:02:33" in local time. */
@Pipe({ name: 'rowMoment', pure: false })
export class RowMomentPipe implements PipeTransform {
  private readonly languages = inject(Languages);

  transform(at: string): string {
    return formatRowMoment(at, this.languages.current());
  }
}
