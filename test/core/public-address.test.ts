import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusePrivateAddress } from '../../core/public-url.ts';

describe('public addresses are accepted', () => {
  test.each(['8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255'])(
    '%s',
    accept,
  );
  test.each(['169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.167.255.255'])(
    '%s',
    accept,
  );
  test.each(['192.0.1.0', '198.17.255.255', '198.20.0.0', '223.255.255.255', '168.63.129.15'])('%s', accept);
  test.each(['2606:2800:220:1:248:1893:25c8:1946', '2001:4860:4860::8888', '2a00:1450::1'])('%s', accept);
});

describe('everything else is refused', () => {
  test.each([
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['10.0.0.1', 'private'],
    ['100.64.0.1', 'carrierGradeNat'],
    ['100.100.100.200', 'carrierGradeNat'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.255', 'loopback'],
    ['168.63.129.16', 'reserved'],
    ['169.254.169.254', 'linkLocal'],
    ['169.254.170.2', 'linkLocal'],
    ['172.16.0.1', 'private'],
    ['192.0.0.192', 'reserved'],
    ['192.0.2.1', 'reserved'],
    ['192.31.196.1', 'as112'],
    ['192.52.193.1', 'amt'],
    ['192.88.99.1', 'reserved'],
    ['192.168.1.1', 'private'],
    ['198.18.0.1', 'reserved'],
    ['198.51.100.1', 'reserved'],
    ['203.0.113.1', 'reserved'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::127.0.0.1', 'ipv4Mapped'],
    ['::7f00:1', 'reserved'],
    ['::ffff:127.0.0.1', 'ipv4Mapped'],
    ['::ffff:8.8.8.8', 'ipv4Mapped'],
    ['::ffff:0:127.0.0.1', 'rfc6145'],
    ['64:ff9b::a9fe:a9fe', 'rfc6052'],
    ['64:ff9b:1::1', 'rfc6052'],
    ['100::1', 'discard'],
    ['100:0:0:1::1', 'reserved'],
    ['2001::1', 'teredo'],
    ['2001:2::1', 'benchmarking'],
    ['2001:10::1', 'deprecatedOrchid'],
    ['2001:20::1', 'orchid2'],
    ['2001:db8::1', 'reserved'],
    ['2002:7f00:1::', '6to4'],
    ['2620:4f:8000::1', 'as112v6'],
    ['3fff::1', 'reserved'],
    ['4000::1', 'reserved'],
    ['5f00::1', 'segmentRouting'],
    ['fc00::1', 'uniqueLocal'],
    ['fd00:ec2::254', 'uniqueLocal'],
    ['fe80::1', 'linkLocal'],
    ['fe80::1%eth0', 'linkLocal'],
    ['fec0::1', 'deprecatedSiteLocal'],
    ['ff02::1', 'multicast'],
  ])('%s: %s', (ip, kind) => {
    expect(() => refusePrivateAddress(ip)).toThrow(`(${kind})`);
  });

  test.each(['', 'example.com', '1.2.3.4.5', '[::1]', ':::'])('%s is no address', (text) => {
    expect(() => refusePrivateAddress(text)).toThrow('no IP address');
  });
});

describe('a trial on one machine', () => {
  test.each(['127.0.0.1', '127.9.9.9', '::1'])('%s is allowed', (ip) => refusePrivateAddress(ip, 'allow'));

  test.each(['10.0.0.1', '169.254.169.254', '::ffff:127.0.0.1', 'fd00::1', '0.0.0.0'])('%s is not', (ip) => {
    expect(() => refusePrivateAddress(ip, 'allow')).toThrow('not a public address');
  });
});

test('an IPv4 address inside of an IPv6 address is never a way around', () => {
  const tunnels = ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::'];
  fc.assert(
    fc.property(fc.ipV4(), fc.constantFrom(...tunnels), (ip, tunnel) => {
      expect(() => refusePrivateAddress(`${tunnel}${ip}`)).toThrow();
    }),
  );
});

function accept(ip: string): void {
  expect(() => refusePrivateAddress(ip)).not.toThrow();
}
