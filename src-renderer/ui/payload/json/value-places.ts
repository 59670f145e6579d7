import type { JsonLayout } from './layout/json-layout.ts'
import { TOKEN } from './layout/json-token.ts'

/** The line that opens what a line stands in; -1 for the outermost. */
function parentOf({ partners, depths }: JsonLayout, line: number): number {
  const depth = depths[line] ?? 0
  for (let at = line - 1; at >= 0; at--) {
    const partner = partners[at] ?? -1
    if (partner > at && (depths[at] ?? 0) < depth) return at
    // What was closed before is passed by at once.
    if (partner >= 0 && partner < at) at = partner
  }
  return -1
}

/** The first line of what a line belongs to: where it closes something, the line that opened it. */
export function ownerOf({ partners }: JsonLayout, line: number): number {
  const partner = partners[line] ?? -1
  return partner >= 0 && partner < line ? partner : line
}

/** Keys and places from the root down to the value that a line shows, or begins. */
export function keysAt(source: string, layout: JsonLayout, line: number): (string | number)[] {
  const path: (string | number)[] = []
  for (let at = ownerOf(layout, line); at >= 0;) {
    const parent = parentOf(layout, at)
    if (parent < 0) break
    path.unshift(keyAt(source, layout, at) ?? indexIn(layout, parent, at))
    at = parent
  }
  return path
}

/** The key that a line begins with, read as JSON; null where it has none. */
function keyAt(source: string, { starts, ends }: JsonLayout, line: number): string | null {
  const text = source.slice(starts[line], ends[line])
  const [token = ''] = text.match(new RegExp(TOKEN.source, 'y')) ?? []
  if (!token.startsWith('"') || !/^\s*:/.test(text.slice(token.length))) return null
  try {
    return String(JSON.parse(token))
  } catch {
    return token
  }
}

function indexIn({ partners }: JsonLayout, parent: number, line: number): number {
  let index = 0
  for (let at = parent + 1; at < line; index++) {
    const partner = partners[at] ?? -1
    at = partner > at ? partner + 1 : at + 1
  }
  return index
}

/** The text of the value that a line shows, or begins, as it was sent. */
export function valueAt(source: string, layout: JsonLayout, line: number): string {
  const first = ownerOf(layout, line)
  const last = Math.max(first, layout.partners[first] ?? -1)
  const text = source.slice(layout.starts[first], layout.ends[last])
  const [token = ''] = text.match(new RegExp(TOKEN.source, 'y')) ?? []
  const colon = token.startsWith('"') ? (/^\s*:/.exec(text.slice(token.length))?.[0].length ?? null) : null
  return (colon === null ? text : text.slice(token.length + colon)).replace(/,$/, '').trim()
}

/** A value that is no object and no list; undefined for those, and for what is not JSON. */
export function scalarOf(text: string): string | number | boolean | null | undefined {
  if (/^[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as string | number | boolean | null
  } catch {
    return undefined
  }
}
