import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimFolder } from '../../src/dev/claim-folder.ts'

describe('the claim on a data folder', () => {
  let folder: string

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'sallyport-claim-')), 'data')
  })
  afterEach(() => rm(join(folder, '..'), { recursive: true }))

  it('makes the folder, and is given back', async () => {
    const giveBack = await claimFolder(folder)
    expect(await readdir(folder)).toEqual(['process-id'])
    await giveBack()
    expect(await readdir(folder)).toEqual([])
  })

  it('is refused while another process has it, with what to set for a second Sallyport', async () => {
    await claimFolder(folder)
    await writeFile(join(folder, 'process-id'), `${process.ppid}\n`)
    await expect(claimFolder(folder)).rejects.toThrow(
      new RegExp(
        `^SALLYPORT_DATA_DIR: ${folder} is in use by process ${process.ppid}; .* SALLYPORT_DATA_DIR, PORT, SALLYPORT_DEV_AWS_PORT`,
      ),
    )
  })

  it('of a process that is gone counts for nothing', async () => {
    await claimFolder(folder)
    await writeFile(join(folder, 'process-id'), `${2 ** 30}\n`) // above the highest process id there is
    await expect(claimFolder(folder)).resolves.toBeTypeOf('function')
  })

  it('is refused where there cannot be a folder', async () => {
    await writeFile(folder, '')
    await expect(claimFolder(folder)).rejects.toThrow(/^SALLYPORT_DATA_DIR: .* cannot be used \(/)
  })
})
