import { EventLog, parseEventId } from './event-log.js';
import { ReplayBudget } from './replay-budget.js';

const log = (budget = new ReplayBudget({ events: 100, bytes: 1_000 })) => new EventLog('answer', budget);
const texts = (events: readonly { text: string }[] | undefined) => events?.map(({ text }) => text);

describe('the log of a stream', () => {
  it('gives what came after an event, in order and under the same ids', () => {
    const events = log();
    const ids = ['a', 'b', 'c'].map((text) => events.append(text));
    expect(events.after(0)).toEqual(['a', 'b', 'c'].map((text, at) => ({ id: ids[at], text })));
    expect(texts(events.after(2))).toEqual(['c']);
    expect(events.after(3)).toEqual([]);
  });

  it('does not know what never was', () => expect(log().after(1)).toBeUndefined());

  it('forgets the oldest when they are too many, and then says so', () => {
    const events = log(new ReplayBudget({ events: 2, bytes: 1_000 }));
    for (const text of ['a', 'b', 'c']) events.append(text);
    expect(events.after(0)).toBeUndefined();
    expect(texts(events.after(1))).toEqual(['b', 'c']);
  });

  it('keeps nothing that is larger than all it may keep', () => {
    const events = log(new ReplayBudget({ events: 10, bytes: 5 }));
    events.append('abc');
    events.append('much too large');
    expect(events.after(0)).toBeUndefined();
    expect(events.after(1)).toBeUndefined();
    expect(events.after(2)).toEqual([]);
  });

  it('takes no room from other streams', () => {
    const budget = new ReplayBudget({ events: 2, bytes: 1_000 });
    const first = log(budget);
    first.append('a');
    first.append('b');
    const second = log(budget);
    second.append('c');
    expect(texts(first.after(0))).toEqual(['a', 'b']);
    expect(second.after(0)).toBeUndefined();
  });

  it('gives back its room, also that of all sessions', () => {
    const all = new ReplayBudget({ events: 1, bytes: 10 });
    const session = () => new ReplayBudget({ events: 10, bytes: 1_000 }, all);
    const first = log(session());
    first.append('a');
    const second = log(session());
    second.append('b');
    expect(second.after(0)).toBeUndefined();
    first.clear();
    second.append('c');
    expect(texts(second.after(1))).toEqual(['c']);
    expect(first.after(0)).toBeUndefined();
  });

  it('is found by its ids, which tell what kind it is', () => {
    const news = new EventLog('news', new ReplayBudget({ events: 1, bytes: 1 }));
    expect(parseEventId(news.beginning)).toEqual({ logId: news.id, kind: 'news', number: 0 });
    expect(parseEventId(log().append('x'))).toMatchObject({ kind: 'answer', number: 1 });
  });

  it.each(['', '7', 'x.1', `${log().id}.-1`, `${log().id}.1.1`, `${log().id}.99999999999999999`, '../../etc.1'])(
    'is not found by %j',
    (id) => expect(parseEventId(id)).toBeUndefined(),
  );
});
