import { BlockList, isIPv6 } from 'node:net'
import type { AddressRange } from '../config/index.ts'

/** `anywhere`: on the public internet. `named`: in a range that the operator allows. Null: nothing is sent there. */
export type Allowed = 'anywhere' | 'named' | null

/** Says of an IP address whether messages may be sent to it. */
export type AllowAddress = (address: string) => Allowed

/** What the IANA IPv4 Special-Purpose Address Registry keeps from the internet, multicast, and Azure's metadata address. */
const special4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

/** Of IPv6 only what is given out as global unicast is public, but for what stands for other addresses in it (Teredo, 6to4) and documentation. */
const global6 = ['2000::', 3] as const
const special6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

/** Public addresses, and those of the ranges. */
export function allowAddresses(ranges: readonly AddressRange[]): AllowAddress {
  const named = new BlockList()
  for (const { address, prefix, family } of ranges) named.addSubnet(address, prefix, family)
  const special = new BlockList()
  for (const [address, prefix] of special4) special.addSubnet(address, prefix, 'ipv4')
  for (const [address, prefix] of special6) special.addSubnet(address, prefix, 'ipv6')
  const global = new BlockList()
  global.addSubnet(...global6, 'ipv6')
  return (address) => {
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (named.check(address, family)) return 'named'
    if (special.check(address, family)) return null
    return family === 'ipv4' || global.check(address, 'ipv6') ? 'anywhere' : null
  }
}
