import { describe, expect, it } from 'vitest'
import { ConfigError, loadEnvironment } from '../../src/config/index.ts'

const DATABASE_URL = 'postgres://sallyport:hunter2@db.internal:5432/sallyport'

const problems = (work: () => unknown): readonly string[] => {
  try {
    work()
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('the environment', () => {
  it('gives serve its defaults: loopback, port 8080', () => {
    expect(loadEnvironment('serve', { DATABASE_URL })).toEqual({
      logLevel: 'info',
      configPath: './sallyport.yaml',
      databaseUrl: DATABASE_URL,
      databasePoolSize: 10,
      awsEndpoint: null,
      awsRegion: 'us-east-1',
      secretKeys: [],
      webhookAddresses: [],
      slack: null,
      ticketCredentials: expect.any(Function),
      host: '127.0.0.1',
      port: 8080,
    })
  })

  it('has Slack by both secrets or not at all, and repeats neither', () => {
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5' }
    const botToken = slack.SLACK_BOT_TOKEN
    expect(loadEnvironment('worker', { DATABASE_URL, ...slack }).slack).toEqual({
      botToken,
      signingSecret: slack.SLACK_SIGNING_SECRET,
      apiUrl: null,
    })
    expect(problems(() => loadEnvironment('serve', { DATABASE_URL, SLACK_BOT_TOKEN: botToken }))).toEqual([
      'SLACK_SIGNING_SECRET: is not set, though SLACK_BOT_TOKEN is; set both, or neither',
    ])
    const wrong = problems(() => loadEnvironment('serve', { DATABASE_URL, ...slack, SLACK_BOT_TOKEN: 'xoxp-secret' }))
    expect(wrong).toEqual(['SLACK_BOT_TOKEN: is not the token of a bot, which begins with xoxb-'])
  })

  it('reads the keys that seal secrets, and where webhooks may be, and repeats no key that is wrong', () => {
    const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    const both = `${first.toString('base64')}, ${second.toString('base64')}`
    const read = loadEnvironment('worker', {
      DATABASE_URL,
      SALLYPORT_SECRET_KEY: both,
      SALLYPORT_WEBHOOK_ADDRESSES: '10.20.0.0/16,fd12::/48',
    })
    expect(read.secretKeys).toEqual([first, second])
    expect(read.webhookAddresses).toEqual([
      { address: '10.20.0.0', prefix: 16, family: 'ipv4' },
      { address: 'fd12::', prefix: 48, family: 'ipv6' },
    ])
    const refused = (variables: NodeJS.ProcessEnv) => problems(() => loadEnvironment('worker', { DATABASE_URL, ...variables }))
    for (const key of ['hunter2', `${both},`, first.toString('hex'), Buffer.alloc(16).toString('base64')]) {
      const [problem, ...others] = refused({ SALLYPORT_SECRET_KEY: key })
      expect([problem, others]).toEqual([expect.stringMatching(/^SALLYPORT_SECRET_KEY: is not a key of 32 bytes/), []])
      expect(problem).not.toContain(key)
    }
    for (const range of ['10.0.0.0', '10.0.0.0/33', '10.0.0/8', 'portal.example.com', '::1/129', '10.0.0.0/8/8', '10.0.0.0/x', ''])
      expect(refused({ SALLYPORT_WEBHOOK_ADDRESSES: `127.0.0.0/8,${range}` })).toEqual([
        expect.stringContaining(`has "${range}", which is not`),
      ])
  })

  it('takes a variable that is set to nothing as not set', () => {
    expect(loadEnvironment('serve', { DATABASE_URL, PORT: '', AWS_ENDPOINT_URL: '' })).toMatchObject({ port: 8080, awsEndpoint: null })
  })

  it('has every problem told at once, by variable', () => {
    expect(
      problems(() =>
        loadEnvironment('serve', { PORT: '80a', LOG_LEVEL: 'loud', AWS_ENDPOINT_URL: 'here', DATABASE_POOL_SIZE: '0' }),
      ).toSorted(),
    ).toEqual([
      'AWS_ENDPOINT_URL: is not an http or https URL',
      'DATABASE_POOL_SIZE: is not a whole number from 1 to 200',
      'DATABASE_URL: is not set; set it to postgres://user:password@host:5432/database',
      'LOG_LEVEL: is not one of fatal, error, warn, info, debug, trace, silent',
      'PORT: is not a whole number from 0 to 65535',
    ])
  })

  it.each([
    'hunter2',
    'mysql://u:hunter2@h/db',
    'postgres://u:hunter2@h',
    'postgres://u:hunter2@h:99999999/db',
    'postgres://u:hunter2@h/db?options=-c%20role%3Downer',
  ])('refuses a bad DATABASE_URL without repeating it: %s', (url) => {
    const [problem, ...others] = problems(() => loadEnvironment('worker', { DATABASE_URL: url }))
    expect(problem).toMatch(/^DATABASE_URL: /)
    expect(problem).not.toContain('hunter2')
    expect(others).toEqual([])
  })

  it('migrates as the owner if one is named, otherwise through DATABASE_URL', () => {
    expect(loadEnvironment('migrate', { DATABASE_URL, DATABASE_OWNER_URL: 'postgres://owner@h/db' })).toEqual({
      ownerUrl: 'postgres://owner@h/db',
    })
    expect(loadEnvironment('migrate', { DATABASE_URL })).toEqual({ ownerUrl: DATABASE_URL })
    expect(problems(() => loadEnvironment('migrate', {}))).toEqual([
      'DATABASE_OWNER_URL: is not set, nor is DATABASE_URL; set it to the URL of the role that owns the tables',
    ])
  })

  it('asks a command only for what it uses', () => {
    const others = { DATABASE_POOL_SIZE: 'many', PORT: 'none', AWS_REGION: 'here' }
    expect(loadEnvironment('keys', { ...others, DATABASE_URL })).toEqual({ databaseUrl: DATABASE_URL })
    expect(loadEnvironment('rules activate', { ...others, DATABASE_URL })).toEqual({
      databaseUrl: DATABASE_URL,
      configPath: './sallyport.yaml',
    })
    expect(loadEnvironment('rules check', { ...others, SALLYPORT_CONFIG: 'other.yaml' })).toEqual({ configPath: 'other.yaml' })
  })

  it('needs nothing for dev, and does not look at DATABASE_URL there', () => {
    expect(loadEnvironment('dev', { DATABASE_URL: 'nonsense' })).toEqual({
      logLevel: 'warn',
      port: 8080,
      dataDirectory: '.sallyport',
      awsPort: 4566,
      databaseUrl: null,
      awsEndpoint: null,
      ticketCredentials: expect.any(Function),
    })
  })

  it.each(['serve', 'worker', 'dev'] as const)('refuses an AWS_DEFAULTS_MODE at which the AWS SDK would throw, for %s', (command) => {
    expect(problems(() => loadEnvironment(command, { DATABASE_URL, AWS_DEFAULTS_MODE: 'fast' }))).toEqual([
      'AWS_DEFAULTS_MODE: is not one of auto, in-region, cross-region, mobile, standard, legacy',
    ])
    expect(problems(() => loadEnvironment(command, { DATABASE_URL, AWS_DEFAULTS_MODE: 'In-Region' }))).toEqual([])
  })

  it.each(['http://localhost:5000', 'http://127.0.0.1:5000', 'http://[::1]:5000'])(
    'lets dev use an AWS endpoint on loopback: %s',
    (url) => {
      expect(loadEnvironment('dev', { AWS_ENDPOINT_URL: url })).toMatchObject({ awsEndpoint: url })
    },
  )

  it.each(['https://iam.amazonaws.com', 'http://127.0.0.1.example.com', 'http://localhost@example.com'])(
    'never lets dev use one elsewhere: %s',
    (url) => {
      expect(problems(() => loadEnvironment('dev', { AWS_ENDPOINT_URL: url }))).toEqual([
        'AWS_ENDPOINT_URL: is not on loopback; dev mode never acts on a real AWS',
      ])
    },
  )
})
