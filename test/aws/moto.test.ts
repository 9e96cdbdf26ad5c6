import { describe } from 'vitest'
import { accountSessionContract } from './contract.ts'

const url = process.env['SALLYPORT_TEST_MOTO_URL']

describe.runIf(url !== undefined)('an account session over moto server (SALLYPORT_TEST_MOTO_URL)', () => {
  accountSessionContract(() => url ?? '')
})
