import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PassingMap } from './passing-map.js';

describe('a map for what passes', () => {
  it('is a map', () => {
    const map = new PassingMap<string, number | undefined>();
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    map.set('c', undefined);
    expect([map.size, map.get('a'), map.get('x'), map.has('c'), map.has('x')]).toEqual([3, 3, undefined, true, false]);
    expect([map.keys(), map.values()]).toEqual([
      ['a', 'b', 'c'],
      [3, 2, undefined],
    ]);
    expect([map.delete('a'), map.delete('a'), map.size]).toEqual([true, false, 2]);
    map.clear();
    expect([map.size, map.values()]).toEqual([0, []]);
  });

  it('lets go of what has left it although its tables are old', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as (options: { type: 'minor' | 'major' }) => void;
    const map = new PassingMap<number, object>();
    for (let at = 0; at < 3; at += 1) map.set(at, {});
    collect({ type: 'major' });
    collect({ type: 'major' });
    const bytesBefore = process.memoryUsage().heapUsed;
    for (let at = 40; at < 2_000; at += 1) {
      map.set(at, new Array(10_000).fill(at));
      if (at > 43) map.delete(at - 4);
      if (at % 10 === 0) collect({ type: 'minor' });
    }
    expect(process.memoryUsage().heapUsed - bytesBefore).toBeLessThan(8 * 1024 * 1024);
  });
});
