import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [network: Address, bits: number];

/** Addresses and CIDRs, compared by what they mean: `::ffff:10.0.0.1` is 10.0.0.1. */
export class AddressRanges {
  private readonly ranges: readonly Range[];

  /** @throws {Error} for what is neither an address nor a CIDR */
  constructor(words: readonly string[]) {
    this.ranges = words.map(rangeOf);
  }

  static isRange(word: string): boolean {
    try {
      rangeOf(word);
      return true;
    } catch {
      return false;
    }
  }

  /** False for what is no address. */
  contains(address: string): boolean {
    return isIP(address) !== 0 && this.holds(ipaddr.process(address));
  }

  holds(ip: Address): boolean {
    return this.ranges.some(([network, bits]) => network.kind() === ip.kind() && ip.match(network, bits));
  }
}

function rangeOf(word: string): Range {
  const [address = '', bits] = word.split('/');
  // Four numbers, or an IPv6 address: other spellings mean different things to different readers.
  if (isIP(address) === 0) throw new Error(`${word} is no address`);
  if (bits !== undefined) return ipaddr.parseCIDR(word);
  const ip = ipaddr.process(address);
  return [ip, ip.kind() === 'ipv4' ? 32 : 128];
}
