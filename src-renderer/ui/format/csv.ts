/** What makes a spreadsheet take a cell for a formula, or pass it to another program. */
const FORMULA = /^\s*[=+\-@|%]|^[\t\r\n]/

type Cell = string | number | boolean | null

/** CSV by RFC 4180 whose texts stay texts in a spreadsheet: an apostrophe stands before what it would run. */
export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(toCell).join(',')}\r\n`).join('')
}

function toCell(value: Cell): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}
