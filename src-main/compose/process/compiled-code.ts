import { mkdirSync, statSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import envPaths from 'env-paths'

/**
 * Lets Node keep what V8 made of the program, so that the next start need not compile it again: beside the program where
 * that can be written, as in a checkout, else in the user's own folder for such things. A program that is built anew has
 * other files, and Node looks at the content of each before it trusts what was kept. Nothing is kept where there is no
 * safe place, or where `NODE_COMPILE_CACHE` or `NODE_DISABLE_COMPILE_CACHE` say otherwise. `beside` is the folder of the
 * program that runs, `host` names it: what one host calls is not what another does.
 */
export function keepCompiledCode(beside: string, host: string): void {
  if (process.env['NODE_COMPILE_CACHE'] !== undefined) return
  const places = [join(beside, 'compiled'), join(envPaths('hookloop', { suffix: '' }).cache, 'compiled')]
  const place = places.find(isOursAlone)
  if (place !== undefined) enableCompileCache(join(place, host))
}

/**
 * Makes the folder if need be. Who could write into it could have the program run what they like. Where it can only be
 * read, what is in it helps all the same.
 */
export function isOursAlone(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (process.getuid === undefined) return true
    const { uid, mode } = statSync(folder)
    return uid === process.getuid() && (mode & 0o022) === 0
  } catch {
    return false
  }
}
