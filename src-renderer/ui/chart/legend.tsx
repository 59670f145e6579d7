import type { Colour } from './theme-colours.ts'

/** The classes are written out, since only those that stand in a file are made. */
const FILLS: Partial<Record<Colour, string>> = {
  ok: 'bg-ok border-ok',
  retry: 'bg-retry border-retry',
  fail: 'bg-fail border-fail',
  held: 'bg-held border-held',
  accent: 'bg-accent border-accent',
  string: 'bg-string border-string',
  muted: 'bg-muted border-muted',
}

/** How a series looks in its chart: a block, or a line with its dashes. */
export function Legend({
  colour,
  isLine,
  dash,
}: {
  colour: Colour
  isLine: boolean
  dash?: readonly number[] | undefined
}) {
  const fill = FILLS[colour] ?? 'bg-muted border-muted'
  if (!isLine) return <span aria-hidden="true" className={`inline-block size-2 shrink-0 rounded-sm ${fill}`} />
  return (
    <span
      aria-hidden="true"
      className={`inline-block w-3.5 shrink-0 border-t-2 bg-transparent ${fill} ${strokeOf(dash)}`}
    />
  )
}

function strokeOf(dash: readonly number[] | undefined): string {
  if (dash === undefined) return ''
  return (dash[0] ?? 0) < 4 ? 'border-dotted' : 'border-dashed'
}
