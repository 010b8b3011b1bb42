import { firstBadOrigin, originsOf } from './origins';

describe('allowed pages', () => {
  it('are read line by line', () =>
    expect(originsOf(' https://a.example \n\nhttps://b.example:8443')).toEqual([
      'https://a.example',
      'https://b.example:8443',
    ]));

  it.each(['a.example', 'https://a.example/', 'https://a.example/path', 'ftp://a.example', 'https://A.example'])(
    '%s is no origin',
    (text) => expect(firstBadOrigin(['https://ok.example', text])).toBe(text),
  );

  it('may be local while somebody develops', () => expect(firstBadOrigin(['http://localhost:3000'])).toBeUndefined());
});
