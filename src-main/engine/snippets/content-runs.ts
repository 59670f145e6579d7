import type { Piece } from '../signing/content/template.ts'
import type { Plan } from './plan.ts'

/** The signed content in order: the body's bytes, and the text before, between and after. */
export type Run = 'body' | readonly [Piece, ...Piece[]]

export function contentRuns({ content }: Plan): Run[] {
  return content.reduce<Run[]>((runs, piece) => {
    if ('token' in piece && piece.token === 'body') return [...runs, 'body']
    const last = runs.at(-1)
    if (last === undefined || last === 'body') return [...runs, [piece]]
    return [...runs.slice(0, -1), [...last, piece]]
  }, [])
}
