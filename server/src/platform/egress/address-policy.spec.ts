import { AddressPolicy } from './address-policy.js';

const strict = new AddressPolicy([]);
const open = new AddressPolicy(['loopback', 'private']);

const LOOPBACK = ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'];
const PRIVATE = ['10.1.2.3', '172.16.0.1', '192.168.0.1', 'fc00::1', 'fd12::1', '100.64.0.1', '::ffff:10.0.0.1'];
const NEVER = [
  '169.254.169.254',
  '::ffff:a9fe:a9fe',
  '169.254.170.2',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  '0.0.0.0',
  '224.0.0.1',
  '240.0.0.1',
  'fe80::1',
  'ff02::1',
  '::',
  '::7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
];

describe('AddressPolicy', () => {
  it.each([...LOOPBACK, ...PRIVATE, ...NEVER])('refuses %s when nothing is allowed', (address) => {
    expect(strict.objection(address)).toBeDefined();
  });

  it.each([...LOOPBACK, ...PRIVATE])('reaches %s when loopback and private are allowed', (address) => {
    expect(open.objection(address)).toBeUndefined();
  });

  it.each(NEVER)('never reaches %s, whatever is allowed', (address) => {
    expect(open.objection(address)).toBeDefined();
  });

  it.each(['93.184.216.34', '2606:2800:220:1::1'])('reaches the public address %s', (address) => {
    expect(strict.objection(address)).toBeUndefined();
  });

  it('reaches exactly the ranges on the list', () => {
    const policy = new AddressPolicy(['10.1.0.0/16', '192.168.7.7']);
    expect(policy.objection('10.1.255.1')).toBeUndefined();
    expect(policy.objection('10.2.0.1')).toBeDefined();
    expect(policy.objection('192.168.7.7')).toBeUndefined();
    expect(policy.objection('192.168.7.8')).toBeDefined();
  });

  it.each(['', 'localhost', '127.1', '0x7f000001'])('refuses %j, which is no address a socket reports', (address) => {
    expect(open.objection(address)).toBeDefined();
  });
});
