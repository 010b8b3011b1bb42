import { MemoryAnswerStore, STORE_LIMITS, type Place } from './answer-store.js';

const place = (key: string, section = 'weather', tag?: string): Place => ({
  key,
  section,
  ...(tag !== undefined && { tag }),
});

describe('the store of answers in memory', () => {
  let nowMs: number;
  let store: MemoryAnswerStore;
  beforeEach(() => {
    nowMs = 1_000;
    store = new MemoryAnswerStore(() => nowMs);
  });

  const keep = (where: Place, bytes: Buffer | string = 'x', ttlMs = 1_000): void =>
    store.keep(where, Buffer.from(bytes), ttlMs, store.look(where).epoch);
  const found = (where: Place): string | undefined => store.look(where).found?.toString();

  it('gives an answer until its time is over', () => {
    keep(place('a'), 'fine');
    nowMs += 1_000;
    expect(found(place('a'))).toBe('fine');
    nowMs += 1;
    expect(found(place('a'))).toBeUndefined();
  });

  it.each([-1, 0, 1])('of an answer of the limit %+i bytes keeps what is within it', (more) => {
    keep(place('a'), Buffer.alloc(STORE_LIMITS.answerBytes + more));
    expect(store.look(place('a')).found === undefined).toBe(more > 0);
  });

  it('stays within its bytes, and the longest unused answer leaves first', () => {
    store = new MemoryAnswerStore(() => nowMs, { totalBytes: 10_000, answerBytes: 5_000 });
    for (const key of ['a', 'b', 'c']) keep(place(key), Buffer.alloc(3_000));
    found(place('a'));
    keep(place('d'), Buffer.alloc(3_000));
    expect(['a', 'b', 'c', 'd'].map((key) => found(place(key)) !== undefined)).toEqual([true, false, true, true]);
    for (let each = 0; each < 100; each += 1) keep(place(`more-${each}`), Buffer.alloc(each * 40));
    expect(store.size).toBeLessThanOrEqual(10_000);
    expect(store.size).toBeGreaterThan(5_000);
  });

  it('counts what many small answers cost beside their bytes', () => {
    store = new MemoryAnswerStore(() => nowMs, { totalBytes: 10_000, answerBytes: 5_000 });
    for (let each = 0; each < 1_000; each += 1) keep(place(`k${each}`), '1');
    expect(Array.from({ length: 1_000 }, (_, each) => found(place(`k${each}`))).filter(Boolean).length).toBeLessThan(
      40,
    );
  });

  it('empties one section, or what stands under one tag of it', () => {
    keep(place('a', 'weather', 'file:///1'));
    keep(place('b', 'weather', 'file:///2'));
    keep(place('c', 'wiki', 'file:///1'));
    store.forget('weather', 'file:///1');
    expect(['a', 'b', 'c'].map((key) => found(place(key)))).toEqual([undefined, 'x', 'x']);
    store.forget('weather');
    expect(['b', 'c'].map((key) => found(place(key)))).toEqual([undefined, 'x']);
  });

  it('takes no answer in that was fetched before the section was emptied', () => {
    const { epoch } = store.look(place('a'));
    store.forget('weather');
    store.keep(place('a'), Buffer.from('old'), 1_000, epoch);
    expect(found(place('a'))).toBeUndefined();
  });
});
