import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Type } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';

export interface Page<T> {
  items: T[];
  /** Pass it back as `cursor` for the next page; null at the end. */
  nextCursor: string | null;
}

/** The query of every list. */
export class PageQuery {
  /** Items per page, 1 to 200. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number = 50;

  /** `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(512)
  cursor?: string;
}

/** The class of a page of `Item`, for OpenAPI; its schema is named `<Item>Page`. */
export function pageOf<T>(item: Type<T>): Type<Page<T>> {
  class PageDto implements Page<T> {
    @ApiProperty({ type: [item] })
    items: T[];

    @ApiProperty({
      type: String,
      nullable: true,
      description: 'Pass it back as `cursor` for the next page; null at the end.',
    })
    nextCursor: string | null;
  }
  Object.defineProperty(PageDto, 'name', { value: `${item.name}Page` });
  return PageDto;
}

/** Cursors are opaque to callers: a position, encoded. */
export const encodeCursor = (position: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** @throws {AppError} `validation_failed` for a cursor that is not one of ours */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const valid =
      Array.isArray(position) &&
      position.length === length &&
      position.every((part) => typeof part === 'string' || typeof part === 'number');
    if (valid) return position;
  } catch {
    // Falls through to the one answer for every broken cursor.
  }
  throw new AppError('validation_failed', { fields: [{ path: 'cursor', message: 'is not a cursor of this list' }] });
}

/** Cuts rows fetched with `limit + 1` into a page. */
export function cutPage<R, T>(
  rows: R[],
  limit: number,
  position: (row: R) => (string | number)[],
  view: (row: R) => T,
): Page<T> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(view), nextCursor: rows.length > limit && last ? encodeCursor(position(last)) : null };
}
