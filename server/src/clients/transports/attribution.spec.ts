import { Attribution, type Attributable, type Partner } from './attribution.js';

const partner = (counterpart: object): Partner => ({
  counterpart,
  answer: () => Promise.reject(new Error('not asked here')),
  hear: () => undefined,
});

describe('whose a message is that names no request', () => {
  const ada: Attributable = { partner: partner({ name: 'Ada' }) };
  const bob: Attributable = { partner: partner({ name: 'Bob' }) };

  describe('on one channel', () => {
    it('is that of the only open request, and nobody’s without one', () => {
      const whose = new Attribution<Attributable>(false);
      expect(whose.owner()).toBe('nobody');
      whose.begin(1, ada);
      expect(whose.owner()).toEqual({ exchange: ada });
      whose.begin(2, bob);
      expect(whose.owner()).toBe('unclear');
      whose.answered(1);
      expect(whose.owner()).toEqual({ exchange: bob });
    });

    it('is unclear as soon as anybody else’s request is open, also one without a client, but not a check', () => {
      const whose = new Attribution<Attributable>(false);
      whose.begin(1, ada);
      whose.begin(2, { isQuiet: true });
      whose.begin(3, undefined);
      expect(whose.owner()).toEqual({ exchange: ada });
      whose.begin(4, {});
      expect(whose.owner()).toBe('unclear');
    });

    it('is clear among requests of the same counterpart', () => {
      const whose = new Attribution<Attributable>(false);
      whose.begin(1, ada);
      whose.begin(2, { partner: partner(ada.partner!.counterpart!) });
      expect(whose.owner()).toEqual({ exchange: ada });
    });

    it('takes work into account that no open request shows', () => {
      const whose = new Attribution<Attributable>(false);
      const task = Symbol('task');
      whose.begin(task, ada);
      expect(whose.owner()).toEqual({ exchange: ada });
      whose.begin(1, { partner: ada.partner! });
      expect(whose.owner()).toEqual({ exchange: ada });
      whose.begin(2, bob);
      expect(whose.owner()).toBe('unclear');
      whose.answered(1);
      whose.abandon(task);
      expect([whose.owner(), whose.isClean]).toEqual(['unclear', false]);
    });

    it('is unclear while a request that was given up may still be worked on', () => {
      const whose = new Attribution<Attributable>(false);
      whose.begin(1, ada);
      whose.abandonAll(ada);
      expect([whose.owner(), whose.isClean]).toEqual(['unclear', false]);
      whose.begin(2, bob);
      expect(whose.owner()).toBe('unclear');
      whose.answered(1);
      expect(whose.owner()).toEqual({ exchange: bob });
      whose.answered(2);
      expect(whose.isClean).toBe(true);
    });

    it('stays unclear when more were given up than are remembered one by one', () => {
      const whose = new Attribution<Attributable>(false);
      for (let id = 0; id <= 1_000; id += 1) {
        whose.begin(id, ada);
        whose.abandon(id);
      }
      for (let id = 0; id <= 1_000; id += 1) whose.answered(id);
      expect(whose.owner()).toBe('unclear');
    });
  });

  describe('with a stream per request', () => {
    const heardOn = (whose: Attribution<Attributable>, exchange: Attributable | undefined) =>
      whose.sending(exchange, async () => {
        await Promise.resolve();
        return whose.owner();
      });

    it('is that of the stream, whatever else is open or was given up', async () => {
      const whose = new Attribution<Attributable>(true);
      whose.begin(1, ada);
      whose.begin(2, bob);
      expect(await Promise.all([heardOn(whose, ada), heardOn(whose, bob)])).toEqual([
        { exchange: ada },
        { exchange: bob },
      ]);
      whose.abandonAll(ada);
      expect(await heardOn(whose, bob)).toEqual({ exchange: bob });
    });

    it('is nobody else’s when its request is over', async () => {
      const whose = new Attribution<Attributable>(true);
      whose.begin(1, bob);
      expect(await heardOn(whose, ada)).toBe('unclear');
    });

    it('follows the rule of one channel on a stream that is no request’s, even when opened during one', async () => {
      const whose = new Attribution<Attributable>(true);
      whose.begin(1, ada);
      whose.begin(2, bob);
      expect(await whose.sending(ada, () => heardOn(whose, undefined))).toBe('unclear');
    });
  });
});
