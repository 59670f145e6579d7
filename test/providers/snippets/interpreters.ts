import { execFileSync, spawnSync } from 'node:child_process'
import type { SnippetLanguage } from '#shared/model/snippet.ts'

interface Interpreter {
  command: string
  /** Succeeds where the command and all that the snippets need is there. */
  check: readonly string[]
}

export const INTERPRETERS: Readonly<Record<SnippetLanguage, Interpreter>> = {
  node: { command: process.execPath, check: ['--version'] },
  python: { command: 'python3', check: ['-c', 'import cryptography'] },
  go: { command: 'go', check: ['version'] },
  ruby: { command: 'ruby', check: ['-ropenssl', '-e', ''] },
  php: { command: 'php', check: ['-r', 'exit(extension_loaded("sodium") && extension_loaded("openssl") ? 0 : 1);'] },
}

/** What is missing for a language, as a sentence; null where all is there. */
export function missingFor(language: SnippetLanguage): string | null {
  const { command, check } = INTERPRETERS[language]
  const { error, status } = spawnSync(command, check, { stdio: 'ignore' })
  if (error) return `${command} is not on this machine`
  return status === 0 ? null : `${[command, ...check].join(' ')} does not succeed on this machine`
}

/** Runs a program on some input and gives what it prints; throws with its errors where it fails. */
export function run(command: string, args: readonly string[], options: { cwd?: string; input?: string } = {}): string {
  return execFileSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: 'pipe', ...options })
}
