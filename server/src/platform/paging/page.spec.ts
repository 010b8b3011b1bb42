import fc from 'fast-check';
import { cutPage, decodeCursor, encodeCursor } from './page.js';

describe('cursors', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), (at, id) => {
        expect(decodeCursor(encodeCursor([at, id]), 2)).toEqual([at, id]);
      }),
    );
  });

  it.each([
    '',
    'x',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('[1]').toString('base64url'),
    Buffer.from('[1,{}]').toString('base64url'),
  ])('are refused when forged: %j', (cursor) => {
    expect(() => decodeCursor(cursor, 2)).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });
});

describe('cutPage', () => {
  const page = (rows: number[], limit: number) => cutPage(rows, limit, (row) => [row], String);

  it('says where to go on when there is more', () => {
    expect(page([1, 2, 3], 2)).toEqual({ items: ['1', '2'], nextCursor: encodeCursor([2]) });
  });

  it('ends with null', () => {
    expect(page([1, 2], 2)).toEqual({ items: ['1', '2'], nextCursor: null });
    expect(page([], 2)).toEqual({ items: [], nextCursor: null });
  });
});
