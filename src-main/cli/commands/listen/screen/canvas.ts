import cliTruncate from 'cli-truncate'
import type { Output } from '../../../terminal/terminal.ts'

const ESC = '\u001b['
const ALTERNATE = { on: `${ESC}?1049h`, off: `${ESC}?1049l` }
const CURSOR = { hide: `${ESC}?25l`, show: `${ESC}?25h` }

/** A whole terminal to draw on, which is given back as it was. */
export interface Canvas {
  size(): { columns: number; rows: number }
  /** Only lines that changed are written; none once it is closed, whatever is answered late. */
  draw(lines: readonly string[]): void
  close(): void
}

export function openCanvas(output: Output, onResize: () => void): Canvas {
  let drawn: readonly string[] = []
  let isOpen = true
  const resized = (): void => {
    drawn = []
    output.write(`${ESC}2J`)
    onResize()
  }
  output.write(`${ALTERNATE.on}${CURSOR.hide}${ESC}2J`)
  output.on?.('resize', resized)
  return {
    size: () => ({ columns: output.columns ?? 80, rows: output.rows ?? 24 }),
    draw(lines) {
      if (!isOpen) return
      const rows = output.rows ?? 24
      const columns = output.columns ?? 80
      const next = Array.from({ length: rows }, (_, row) => cliTruncate(lines[row] ?? '', columns))
      const changes = next.map((line, row) => (line === drawn[row] ? '' : `${ESC}${row + 1};1H${line}${ESC}0m${ESC}K`))
      drawn = next
      if (changes.some((change) => change !== '')) output.write(changes.join(''))
    },
    close() {
      isOpen = false
      output.off?.('resize', resized)
      output.write(`${CURSOR.show}${ALTERNATE.off}`)
    },
  }
}
