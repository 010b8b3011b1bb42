import { CredentialCache } from './credential-cache.js';

interface Key {
  id: string;
}

/** A load that answers when the spec says so. */
function slowLoad() {
  const waiting: ((key: Key | undefined) => void)[] = [];
  const load = (): Promise<Key | undefined> => new Promise((answer) => waiting.push(answer));
  return { load, waiting };
}

const settle = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('CredentialCache', () => {
  it('asks once for a credential that it knows', async () => {
    let asked = 0;
    const cache = new CredentialCache<Key>(() => Promise.resolve({ id: String((asked += 1)) }));
    await cache.find('a');
    expect(await cache.find('a')).toEqual({ id: '1' });
  });

  it('asks once for many who look at the same moment', async () => {
    const { load, waiting } = slowLoad();
    const cache = new CredentialCache<Key>(load);
    const both = Promise.all([cache.find('a'), cache.find('a')]);
    expect(waiting).toHaveLength(1);
    waiting[0]?.({ id: '1' });
    expect(await both).toEqual([{ id: '1' }, { id: '1' }]);
  });

  it('does not remember what it did not find', async () => {
    const answers = [undefined, { id: '1' }];
    const cache = new CredentialCache<Key>(() => Promise.resolve(answers.shift()));
    expect(await cache.find('a')).toBeUndefined();
    expect(await cache.find('a')).toEqual({ id: '1' });
  });

  it('forgets in the same tick', async () => {
    const stored = new Map([['a', { id: '1' }]]);
    const cache = new CredentialCache<Key>((hash) => Promise.resolve(stored.get(hash)));
    await cache.find('a');
    stored.clear();
    cache.forget((key) => key.id === '1');
    expect(await cache.find('a')).toBeUndefined();
  });

  it('reads again when something was revoked while it read', async () => {
    const { load, waiting } = slowLoad();
    const cache = new CredentialCache<Key>(load);
    const found = cache.find('a');
    cache.forget(() => true);
    waiting[0]?.({ id: 'read before the revocation' });
    await settle();
    waiting[1]?.(undefined);
    expect(await found).toBeUndefined();
    expect(waiting).toHaveLength(2);
  });

  it('keeps no more than its capacity, and drops what was unused for longest', async () => {
    const asked: string[] = [];
    const load = (hash: string) => Promise.resolve(asked.push(hash) ? { id: hash } : undefined);
    const cache = new CredentialCache<Key>(load, 2);
    for (const hash of ['a', 'b', 'a', 'c', 'a', 'b']) await cache.find(hash);
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });
});
