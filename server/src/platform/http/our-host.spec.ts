import { isOurHost } from './our-host.js';

const loopback = { publicUrl: undefined, host: '127.0.0.1' };
const open = { publicUrl: undefined, host: '0.0.0.0' };
const named = { publicUrl: 'https://tools.example.com', host: '0.0.0.0' };

describe('the host of a request', () => {
  it.each([
    ['127.0.0.1:8080', loopback],
    ['LOCALHOST:8080', loopback],
    ['[::1]:8080', open],
    ['192.168.1.5:8080', open],
    ['[2001:db8::5]:8080', open],
    ['tools.example.com', named],
    ['10.0.0.5', { publicUrl: undefined, host: '10.0.0.5' }],
  ])('%s is ours', (host, address) => {
    expect(isOurHost(host, address)).toBe(true);
  });

  it.each([
    [undefined, loopback],
    ['', loopback],
    ['rebound.example:8080', loopback],
    ['rebound.example:8080', open],
    ['192.168.1.5:8080', loopback],
    ['127.0.0.1.rebound.example', open],
    ['localhost.rebound.example', loopback],
    ['192.168.1.5', named],
    ['evil-tools.example.com', named],
  ])('%s is not', (host, address) => {
    expect(isOurHost(host, address)).toBe(false);
  });
});
