import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkLocation } from '#main/adapters/sqlite/opening/check-location.ts'
import { UnsupportedLocationError } from '#main/adapters/sqlite/opening/open-errors.ts'
import { tempDirectory } from './temp-directory.ts'

describe('The place of the database', () => {
  it.each([
    ['NFS', 0x69_69],
    ['CIFS', 0xff_53_4d_42],
    ['CIFS with its sign', 0xff_53_4d_42 | 0],
    ['SMB2', 0xfe_53_4d_42],
  ])('EN11 DA12 is refused on a network share: %s', (_name, kind) => {
    const folder = tempDirectory()
    const asked: string[] = []
    const checking = () =>
      checkLocation(join(folder, 'new', 'hookloop.db'), (at) => {
        asked.push(at)
        return kind
      })
    expect(checking).toThrow(UnsupportedLocationError)
    expect(checking).toThrow(join(folder, 'new', 'hookloop.db'))
    expect(checking).toThrow(expect.objectContaining({ hint: expect.stringContaining('--data') }))
    expect(asked[0]).toBe(folder)
    expect(readdirSync(folder)).toEqual([])
  })

  it('EN11 is taken on a disk of this machine', () => {
    expect(() => checkLocation(join(tempDirectory(), 'hookloop.db'))).not.toThrow()
  })
})
