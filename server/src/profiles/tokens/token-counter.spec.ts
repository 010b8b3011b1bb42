import { TokenCounter } from './token-counter.js';

describe('the token counter', () => {
  const counter = new TokenCounter();

  afterAll(() => counter.onModuleDestroy());

  it('counts as the vocabulary o200k does, each text for itself and equal ones alike', async () => {
    expect(await counter.count(['hello world', '', '你好，世界', 'hello world'])).toEqual([2, 0, 3, 2]);
  });

  it('takes what looks like a control token for text', async () => {
    const [count] = await counter.count(['<|endoftext|>']);
    expect(count).toBeGreaterThan(1);
  });

  it('starts again after it was stopped', async () => {
    await counter.onModuleDestroy();
    expect(await counter.count(['hello', 'hello world'])).toEqual([1, 2]);
  });
});
