import { ApiError, type Page } from '@gatehouse/api-client';
import { PagedList } from './paged-list';

const PAGES: Record<string, Page<number>> = {
  first: { items: [1, 2], nextCursor: 'second' },
  second: { items: [3], nextCursor: null },
};
const fetchPage = (cursor: string | undefined) => Promise.resolve({ ...PAGES[cursor ?? 'first'] });

describe('PagedList', () => {
  it('adds the next page to the rows until there is none', async () => {
    const list = new PagedList<number>();
    await list.load(fetchPage);
    expect([list.items(), list.hasMore(), list.state()]).toEqual([[1, 2], true, 'ready']);
    await list.more();
    expect([list.items(), list.hasMore()]).toEqual([[1, 2, 3], false]);
  });

  it('is empty when the answer holds nothing', async () => {
    const list = new PagedList<number>();
    await list.load(() => Promise.resolve({ items: [], nextCursor: null }));
    expect(list.state()).toBe('empty');
  });

  it('shows loading at once when the question changed', async () => {
    const list = new PagedList<number>();
    await list.load(fetchPage);
    const reading = list.load(fetchPage, { fresh: true });
    expect([list.state(), list.items()]).toEqual(['loading', []]);
    await reading;
  });

  it('keeps the rows when the next page cannot be read', async () => {
    const list = new PagedList<number>();
    const error = new ApiError({ code: 'internal', message: '' }, 500);
    await list.load((cursor) => (cursor ? Promise.reject(error) : fetchPage(cursor)));
    await expect(list.more()).rejects.toBe(error);
    expect([list.items(), list.loadingMore()]).toEqual([[1, 2], false]);
  });

  it('drops a page that arrives after the list was read anew', async () => {
    const list = new PagedList<number>();
    let arrive: (page: Page<number>) => void = () => undefined;
    await list.load((cursor) => (cursor ? new Promise((resolve) => (arrive = resolve)) : fetchPage(cursor)));
    const more = list.more();
    await list.reload();
    arrive(PAGES['second']);
    await more;
    expect(list.items()).toEqual([1, 2]);
  });
});
