import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { AddressRanges, type Address } from './address-ranges.js';

/** Cloud metadata addresses that look like ordinary ones; never reachable, whatever is allowed. */
const METADATA = [
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
];

/** Says whether an outbound connection may end at an address. Built once from the operator's allow-list. */
export class AddressPolicy {
  private readonly loopback: boolean;
  private readonly privateRanges: boolean;
  private readonly ranges: AddressRanges;

  /** @param allow CIDRs, addresses, or the words `loopback` and `private` */
  constructor(allow: readonly string[]) {
    this.loopback = allow.includes('loopback');
    this.privateRanges = allow.includes('private');
    this.ranges = new AddressRanges(allow.filter((word) => word !== 'loopback' && word !== 'private'));
  }

  /** Why `address` is out of bounds, as a short phrase; undefined when it may be reached. */
  objection(address: string): string | undefined {
    if (isIP(address) === 0) return 'its address is not understood';
    // `process` turns ::ffff:127.0.0.1 into 127.0.0.1, so that no spelling escapes the rules.
    const ip = ipaddr.process(address);
    if (METADATA.some((each) => ipaddr.process(each).toNormalizedString() === ip.toNormalizedString())) {
      return 'it is a cloud metadata address';
    }
    if (this.ranges.holds(ip)) return undefined;
    const range = ip.range();
    if (range === 'unicast' && !isEmbeddedIpv4(ip)) return undefined;
    if (range === 'loopback') return this.loopback ? undefined : 'it is this machine itself';
    if (range === 'private' || range === 'uniqueLocal' || range === 'carrierGradeNat') {
      return this.privateRanges ? undefined : 'it is a private address';
    }
    return `it is a ${range} address`;
  }
}

/** ::a.b.c.d, the deprecated IPv4-compatible form, reads as unicast but names an IPv4 host. */
const isEmbeddedIpv4 = (ip: Address): boolean => ip.kind() === 'ipv6' && ip.match(ipaddr.parse('::'), 96);
