import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { parseSync } from 'vite'
import { PAGE_HEADERS } from '#main/compose/page-headers.ts'
import { readTree, ROOT } from '#test/architecture/source-tree.ts'

/** What the checklist looks at. */
export interface Checked {
  /** The desktop host's files, without their comments, by path from `src-main/desktop/`. */
  host: ReadonlyMap<string, string>
  /** The content policy of every page. */
  policy: string
  /** How it is packaged: the builder's configuration and its fuses, as text. */
  packaging: ReadonlyMap<string, string>
}

const HOST = 'src-main/desktop/'

export function readChecked(): Checked {
  const host = readTree()
    .filter(({ path }) => path.startsWith(HOST))
    .map(({ path, text }) => [path.slice(HOST.length), withoutComments(path, text)] as const)
  const packaging = ['builder-config.ts', 'fuses.ts', 'entitlements.plist'].map((name) => {
    const path = join(ROOT, name.endsWith('.plist') ? 'resources' : 'packaging', name)
    return [name, readFileSync(path, 'utf8')] as const
  })
  return {
    host: new Map(host),
    policy: PAGE_HEADERS['content-security-policy'],
    packaging: new Map(packaging),
  }
}

/** Blanks take their place, so that a comment neither fulfils a rule nor breaks one. */
function withoutComments(path: string, text: string): string {
  let plain = text
  for (const { start, end } of parseSync(path, text).comments) {
    plain = plain.slice(0, start) + ' '.repeat(end - start) + plain.slice(end)
  }
  return plain
}
