import { Logger } from '@nestjs/common';
import { waitFor } from '@gatehouse/testing';
import { ProtocolError } from '@modelcontextprotocol/client';
import { LIMITS } from '../limits.js';
import type { ResourceStream, WatchableConnection } from './resource-subscription.js';
import { ResourceWatches } from './resource-watches.js';
import { WatcherRegistry } from './watcher-registry.js';

// Connections fail on purpose here; nobody wants to read of it.
Logger.overrideLogger(false);

const SETTINGS = { settleMs: 1, gatherMs: 1 };
const watches = (reports: boolean | undefined = true) =>
  new ResourceWatches(() => ({ name: 'Spec', reports }), SETTINGS);

/** Writes down what is asked of it. */
function aConnection(change: Partial<WatchableConnection> = {}) {
  const asked: string[] = [];
  const ends: (() => void)[] = [];
  const connection: WatchableConnection = {
    era: 'legacy',
    canWatchResources: true,
    subscribeResource: async (uri) => void asked.push(`+${uri}`),
    unsubscribeResource: async (uri) => void asked.push(`-${uri}`),
    listenToResources: async (uris) => {
      asked.push(uris.join());
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => (end = resolve));
      ends.push(end);
      const stream: ResourceStream = { ended, close: async () => (asked.push(`close ${uris.join()}`), end()) };
      return stream;
    },
    ...change,
  };
  return { connection, asked, end: () => ends.at(-1)?.() };
}

describe('the watches of a service', () => {
  it('open a new stream of a modern service before the old one is closed', async () => {
    const { connection, asked } = aConnection({ era: 'modern' });
    const watched = watches();
    watched.attach(connection);
    watched.add('a:1', () => undefined);
    await waitFor('the first stream', () => asked.length === 1);
    const stop = watched.add('a:2', () => undefined);
    await waitFor('the second', () => asked.length === 3);
    stop();
    await waitFor('the third', () => asked.length === 5);
    expect(asked).toEqual(['a:1', 'a:1,a:2', 'close a:1', 'a:1', 'close a:1,a:2']);
  });

  it('send a burst of wishes as one', async () => {
    const { connection, asked } = aConnection({ era: 'modern' });
    const watched = watches();
    watched.attach(connection);
    for (let each = 0; each < 100; each += 1) watched.add(`a:${each % 10}`, () => undefined);
    await waitFor('the stream', () => asked.length > 0);
    expect(asked).toEqual(['a:0,a:1,a:2,a:3,a:4,a:5,a:6,a:7,a:8,a:9']);
  });

  it('listen again, and say that something may have been missed, when the service ended the stream', async () => {
    const { connection, asked, end } = aConnection({ era: 'modern' });
    const watched = watches();
    const heard: string[] = [];
    watched.attach(connection);
    watched.add('a:1', (uri) => heard.push(uri));
    await waitFor('the stream', () => asked.length === 1);
    end();
    await waitFor('another', () => asked.length === 2);
    await waitFor('the watcher to hear', () => heard.length === 1);
  });

  it('ask again for what could not be asked for, but not for what was refused', async () => {
    let failures = 0;
    const refused: string[] = [];
    const { connection, asked } = aConnection();
    const flaky = {
      ...connection,
      subscribeResource: async (uri: string) => {
        if (uri === 'a:refused') {
          refused.push(uri);
          throw ProtocolError.fromError(-32602, 'no');
        }
        if (failures++ === 0) throw new Error('timeout');
        await connection.subscribeResource(uri);
      },
    };
    const watched = watches();
    watched.attach(flaky);
    watched.add('a:refused', () => undefined);
    watched.add('a:1', () => undefined);
    await waitFor('the second attempt', () => asked.length === 1);
    expect([asked, refused]).toEqual([['+a:1'], ['a:refused']]);
  });

  it('tell a flood of changes of one resource once, and lose none of many', async () => {
    const watched = watches();
    const heard: string[] = [];
    watched.add('a:folder', (uri) => heard.push(uri));
    for (let each = 0; each < 10_000; each += 1) watched.hear('a:folder');
    await waitFor('it to be heard', () => heard.length > 0);
    expect(heard).toEqual(['a:folder']);
    heard.length = 0;
    for (let each = 0; each < 10_000; each += 1) watched.hear(`a:folder/${each}`);
    await waitFor('all to be heard', () => heard.length === 10_000);
  });

  it(`end at ${LIMITS.watchedResources} resources`, () => {
    const watched = watches();
    for (let each = 0; each < LIMITS.watchedResources; each += 1) watched.add(`a:${each}`, () => undefined);
    expect(() => watched.add('a:more', () => undefined)).toThrow(expect.objectContaining({ code: 'watch_limit' }));
    expect(() => watched.add('a:1', () => undefined)).not.toThrow();
  });

  it('are refused only when it is known that nothing is reported', () => {
    expect(() => watches(false).add('a:1', () => undefined)).toThrow(
      expect.objectContaining({ code: 'watch_unsupported' }),
    );
    expect(() => watches(undefined).add('a:1', () => undefined)).not.toThrow();
  });
});

describe('whom a change concerns', () => {
  it.each([
    ['file:///a/b', ['file:///a/b', 'file:///a', 'file:///a/', 'file:///']],
    [
      'file:///a/b?x=1#top',
      ['file:///a/b?x=1#top', 'file:///a/b?x=1', 'file:///a/b', 'file:///a/', 'file:///a', 'file:///'],
    ],
    ['db://host/table/7', ['db://host/table/7', 'db://host/table', 'db://host/', 'db://host']],
    ['urn:a:b', ['urn:a:b']],
  ])('a change of %s concerns %j', (uri, concerned) => {
    const registry = new WatcherRegistry();
    const heard: string[] = [];
    const others = ['file:', 'file://', 'db:', 'db://host2', 'urn:a', 'file:///ab', 'file:///a/b/c', 'db://host/tab'];
    for (const each of [...concerned, ...others]) registry.add(each, () => heard.push(each));
    for (const listener of registry.concernedBy(uri)) listener(uri);
    expect(heard.sort()).toEqual([...concerned].sort());
  });
});
