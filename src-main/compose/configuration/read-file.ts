import { readFileSync } from 'node:fs'
import { readYaml, unreadable, type YamlFile } from './read-yaml.ts'

/** More is no list of settings. */
const BOUNDS = {
  mostBytes: 256 * 1024,
  mostAliases: 20,
  asks: 'must hold settings, one to a line: `port: 4780`',
}

/** Reads a file of settings. Never throws: what is wrong stands in its problems. */
export function readSettingsFile(path: string): YamlFile {
  try {
    return readYaml(readFileSync(path, 'utf8'), path, BOUNDS)
  } catch (error) {
    return unreadable(path, `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
