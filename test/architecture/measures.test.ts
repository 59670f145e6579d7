import { describe, expect, it } from 'vitest'
import { measure } from './measures.ts'
import { readTree } from './source-tree.ts'

const lines = (count: number) => 'line\n'.repeat(count)

describe('files and folders stay small', () => {
  const tree = readTree('ts,tsx,mjs')
  const product = measure(tree.filter(({ path }) => !path.startsWith('test/')))

  it('half of the product’s files have at most 80 lines, nine of ten at most 200', () => {
    expect(product.medianLines).toBeLessThanOrEqual(80)
    expect(product.ninetiethLines).toBeLessThanOrEqual(200)
  })

  it('no file has more than 300 lines', () => {
    expect(measure(tree).over300).toEqual([])
  })

  it('no folder of the product holds more than 12 files', () => {
    expect(product.crowdedFolders).toEqual([])
  })

  it('counts lines and files', () => {
    const files = Array.from({ length: 13 }, (_, index) => ({
      path: `shared/contract/${index}.ts`,
      text: lines(index),
    }))
    expect(measure([...files, { path: 'shared/long.ts', text: lines(301) }])).toEqual({
      medianLines: 7,
      ninetiethLines: 12,
      over300: ['shared/long.ts: 301 lines'],
      crowdedFolders: ['shared/contract: 13 files'],
    })
  })
})
