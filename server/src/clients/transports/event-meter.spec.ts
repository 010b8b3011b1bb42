import { EventMeter } from './event-meter.js';

const DEEP = '['.repeat(129);
const HALF = '['.repeat(65);

const feed = (...chunks: string[]) => {
  const meter = new EventMeter();
  for (const chunk of chunks) meter.feed(Buffer.from(chunk, 'latin1'));
};

describe('measuring the JSON of an event stream', () => {
  it.each([
    ['in one line', [`data: ${DEEP}\n\n`]],
    ['without a space', [`data:${DEEP}`]],
    ['over two lines', [`data: ${HALF}\ndata: ${HALF}\n\n`]],
    ['over two lines that end as on Windows', [`data: ${HALF}\r\ndata: ${HALF}\r\n\r\n`]],
    ['over two lines that end as on old Macs', [`data: ${HALF}\rdata: ${HALF}\r\r`]],
    ['over two lines whose end is cut in half', [`data: ${HALF}\r`, `\ndata: ${HALF}\r\n`]],
    ['around another field', [`data: ${HALF}\nid: 7\ndata: ${HALF}\n\n`]],
    ['behind a field with a quote', [`id: "\ndata: ${DEEP}\n\n`]],
    ['behind a comment with a quote', [`: "\ndata: ${DEEP}\n\n`]],
    ['in pieces of three bytes', `data: ${DEEP}\n\n`.match(/[^]{1,3}/g) ?? []],
    ['behind marks of byte order', [`\xef\xbb`, `\xbf\xef\xbb\xbfdata: ${DEEP}\n\n`]],
    ['in the second event', [`data: {"a": "unfinished\n\ndata: ${DEEP}\n\n`]],
  ])('refuses what is too deep %s', (_, chunks) => {
    expect(() => feed(...chunks)).toThrow('nested deeper');
  });

  it.each([
    ['in two events', [`data: ${HALF}\n\ndata: ${HALF}\n\n`]],
    ['in two events that end as on Windows', [`data: ${HALF}\r\n\r\ndata: ${HALF}\r\n\r\n`]],
    ['in a comment', [`: ${DEEP}\n\n`]],
    ['in another field', [`id: ${DEEP}\ndatum: ${DEEP}\n data: ${DEEP}\n\n`]],
    ['in a string', [`data: {"text": "${DEEP}"}\n\n`]],
  ])('lets brackets through %s', (_, chunks) => {
    expect(() => feed(...chunks)).not.toThrow();
  });

  it('refuses too many keys', () => {
    const keys = '"a":1,'.repeat(60_000);
    expect(() => feed(`data: {${keys}`, `${keys}"a":1}`)).toThrow('keys');
    expect(() => feed(`data: {${keys}"a":1}\n\n`, `data: {${keys}"a":1}\n\n`)).not.toThrow();
  });
});
