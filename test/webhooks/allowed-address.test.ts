import { describe, expect, test } from 'vitest'
import { allowAddresses } from '../../src/webhooks/allowed-address.ts'
import { checkUrl } from '../../src/webhooks/webhook-url.ts'

const anywhere = allowAddresses([])
const office = allowAddresses([
  { address: '10.20.0.0', prefix: 16, family: 'ipv4' },
  { address: 'fd12::', prefix: 48, family: 'ipv6' },
])

describe('an address that is not public', () => {
  test.each([
    ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.255.255.254', '169.254.169.254', '169.254.170.2'],
    ...['168.63.129.16', '172.16.0.1', '172.31.255.255', '192.0.0.192', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.51.100.1'],
    ...['203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::127.0.0.1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '::ffff:a9fe:a9fe',
      '::ffff:8.8.8.8',
      '64:ff9b::a00:1',
      '100::1',
    ],
    ...['fc00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1', '2001::1', '2001:db8::1', '2002:a00:1::', '3fff::1', '5f00::1'],
  ])('%s is refused', (address) => {
    expect(anywhere(address)).toBeNull()
  })
})

test.each(['8.8.8.8', '52.95.110.1', '100.128.0.1', '172.32.0.1', '2600:1f18::1', '2a05:d018::1'])('%s is public', (address) => {
  expect(anywhere(address)).toBe('anywhere')
})

test.each([
  ['10.20.3.4', 'named'],
  ['::ffff:10.20.3.4', 'named'],
  ['fd12::7', 'named'],
  ['10.21.0.1', null],
  ['fd13::7', null],
  ['8.8.8.8', 'anywhere'],
])('where the operators allow two ranges, %s is %s', (address, allowed) => {
  expect(office(address)).toBe(allowed)
})

const refusal = expect.objectContaining({ code: 'invalid_webhook_url' })

test.each([
  ...['', 'portal.example.com', '//portal.example.com', 'ftp://portal.example.com', 'file:///etc/passwd', 'gopher://portal.example.com'],
  ...['javascript:alert(1)', 'https://', 'https://user@portal.example.com', 'https://user:password@portal.example.com', 'https://a#b'],
  ...[
    'https://portal.example.com:22/',
    'https://portal.example.com:25/',
    'https://portal.example.com:0/',
    'https://portal.example.com:99999/',
  ],
  ...['https://127.0.0.1/', 'https://127.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0177.0.0.1/', 'https://127.0.0.1./'],
  ...[
    'https://①②⑦.0.0.1/',
    'https://%31%32%37.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
  ],
  ...[
    'https://[::ffff:7f00:1]/',
    'https://[fd00:ec2::254]/',
    'https://[fe80::1]/',
    'https://10.0.0.5:8443/',
    'http://8.8.8.8/',
    'https://0/',
  ],
])('the URL %j is refused', (url) => {
  expect(() => checkUrl(url, anywhere)).toThrow(refusal)
})

test.each([
  'https://portal.example.com/hooks?tenant=a',
  'https://portal.example.com:8443/',
  'https://8.8.8.8/',
  'https://[2600:1f18::1]/x',
])('the URL %j is taken', (url) => {
  expect(checkUrl(url, anywhere)).toBe(url)
})

test('http is for addresses that the operators allow', () => {
  expect(checkUrl('http://10.20.0.7:8080/', office)).toBe('http://10.20.0.7:8080/')
  expect(() => checkUrl('http://10.21.0.7:8080/', office)).toThrow(refusal)
})

test('a refusal does not repeat what may be a credential', () => {
  expect(() => checkUrl('https://user:pa55word@portal.example.com/', anywhere)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('pa55word') }),
  )
})
