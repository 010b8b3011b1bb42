// Preloaded into peers: they listen on this machine's own address, even those that would on every one, and find no other machine;
// one of them fetches a catalogue when it starts.
import dns from 'node:dns';
import { isIP, Server } from 'node:net';

const HERE = '127.0.0.1';
const { listen } = Server.prototype;
const { lookup } = dns;

function listenHere(first, ...rest) {
  if (typeof first !== 'number') return listen.call(this, first, ...rest);
  return listen.call(this, first, HERE, ...rest.filter((each) => typeof each === 'function'));
}

function lookUpHere(host, ...rest) {
  if (isIP(host) || host === 'localhost') return lookup(host, ...rest);
  process.nextTick(rest.at(-1), Object.assign(new Error(`${host} is not looked up here`), { code: 'ENOTFOUND' }));
}

Server.prototype.listen = listenHere;
dns.lookup = lookUpHere;
