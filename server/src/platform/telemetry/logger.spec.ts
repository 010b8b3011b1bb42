import { QueryFailedError } from 'typeorm';
import { Scrubber } from '../secrets/scrubber.js';
import { PinoLogger, createLogger } from './logger.js';

function logged(act: (logger: PinoLogger, scrubber: Scrubber) => void): string {
  const lines: string[] = [];
  const scrubber = new Scrubber();
  act(new PinoLogger(createLogger('trace', scrubber, { write: (line) => void lines.push(line) })), scrubber);
  return lines.join('');
}

describe('the log', () => {
  it('is one JSON object a line, whatever is in a text', () => {
    const lines = logged((logger) => logger.log('one\ntwo \u001b[31mred', 'Spec'));
    expect(lines.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(lines)).toMatchObject({ level: 'info', context: 'Spec', msg: 'one\ntwo \u001b[31mred' });
    expect(lines).not.toContain('\u001b');
  });

  it('holds no secret that the process knows, not even inside an error', () => {
    const lines = logged((logger, scrubber) => {
      scrubber.learn('a-live-secret');
      logger.error({ err: new Error('refused: a-live-secret', { cause: new Error('a-live-secret') }) });
    });
    expect(lines).not.toContain('a-live-secret');
  });

  it('holds nothing of what a failed statement was to store', () => {
    const failed = new QueryFailedError('INSERT INTO x VALUES (?)', ['$argon2id$hash'], new Error('disk full'));
    const lines = logged((logger) => logger.error({ err: failed }));
    expect(lines).toContain('disk full');
    expect(lines).not.toContain('argon2id');
  });
});
