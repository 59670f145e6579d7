import { expect, it } from 'vitest'
import { LAST, rank } from '../../src-renderer/app/palette/rank.ts'

function ranked(search: string, names: readonly (readonly string[])[]): string[] {
  return names
    .map((words) => ({ name: words[0]!, score: rank(words[0]!, search, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ name }) => name)
}

it('DSK-2 the palette finds names whose words begin so before names that only hold the letters', () => {
  const names = [['Rotate the endpoint’s secret…'], ['Endpoints'], ['New endpoint'], ['audit.completed']]
  expect(ranked('endp', names)).toEqual(['Endpoints', 'New endpoint', 'Rotate the endpoint’s secret…'])
  expect(ranked('completed', names)).toEqual(['audit.completed'])
  expect(ranked('sec rot', names)).toEqual(['Rotate the endpoint’s secret…'])
})

it('DSK-2 the palette finds by other words too, and leaves out what misses one of the words', () => {
  const names = [
    ['Shop', 'http://localhost:3000/hooks'],
    ['Shop archive', 'https://archive.example'],
  ]
  expect(ranked('3000', names)).toEqual(['Shop'])
  expect(ranked('shop nothing', names)).toEqual([])
  expect(rank(`${LAST}find`, 'anything', ['Find events that hold it'])).toBeGreaterThan(0)
})
