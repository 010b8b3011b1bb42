import { childEnvironment } from './child-environment.js';

describe('the environment of a child', () => {
  it('has the allow-list and what was configured, and nothing else', () => {
    const own = {
      PATH: '/bin',
      HOME: '/root',
      DATABASE_URL: 'mysql://secret',
      NODE_OPTIONS: '--inspect',
      HTTP_PROXY: 'http://x',
      LANG: 'C',
    };
    expect(childEnvironment(own, { API_KEY: 'k', LANG: 'zh_CN.UTF-8' })).toEqual({
      PATH: '/bin',
      HOME: '/root',
      API_KEY: 'k',
      LANG: 'zh_CN.UTF-8',
    });
  });

  it('does not hand on exported shell functions', () => {
    expect(childEnvironment({ TERM: '() { :; }; echo' }, {})).toEqual({});
  });
});
