import { useMemo } from 'react'
import { LineView } from './line-view.tsx'

const LONGEST_LINE = 4_000

function shorten(line: string): string {
  if (line.length <= LONGEST_LINE) return line
  return `${line.slice(0, LONGEST_LINE)}… ${(line.length - LONGEST_LINE).toLocaleString('en-US')} more characters`
}

export function TextView({ text, label }: { text: string; label: string }) {
  const lines = useMemo(() => text.split(/\r\n|\n|\r/).map(shorten), [text])
  const widest = useMemo(() => lines.reduce((most, line) => Math.max(most, line.length), 0), [lines])
  return <LineView label={label} count={lines.length} widest={widest} renderLine={(index) => lines[index]} />
}
