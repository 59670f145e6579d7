/** What stands last however well it fits. */
export const LAST = 'last:'

/**
 * How well a line fits the words, from 1 to 0 for not at all: each word must begin a word of its name, or stand in the
 * name, or in what else it is found by.
 */
export function rank(id: string, search: string, [name = '', ...others]: readonly string[] = []): number {
  if (id.startsWith(LAST)) return 0.001
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const scores = words.map((word) => rankWord(word, name.toLowerCase(), others.join(' ').toLowerCase()))
  if (scores.includes(0)) return 0
  const isStart = name.toLowerCase().startsWith(search.toLowerCase().trim())
  // A short name that fits is likelier meant than a long one.
  return (isStart ? 0.5 : 0) + 0.4 * Math.min(...scores) + 0.1 / (1 + name.length)
}

function rankWord(word: string, name: string, others: string): number {
  if (name.split(/[\s._/:-]+/).some((part) => part.startsWith(word))) return 1
  if (name.includes(word)) return 0.6
  return others.includes(word) ? 0.3 : 0
}
