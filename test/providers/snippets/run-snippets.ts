import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SnippetLanguage } from '#shared/model/snippet.ts'
import { verificationSnippets } from '#main/engine/snippets/snippet.ts'
import { pascalCase, snakeCase } from '#main/engine/snippets/text.ts'
import { providerOf } from '../signed-request.ts'
import type { SnippetCase } from './cases.ts'
import { INTERPRETERS, run } from './interpreters.ts'

/** For each provider, what each call answered: a boolean, or the text of an error. */
export type Answers = Readonly<Record<string, readonly unknown[]>>
export type Cases = Readonly<Record<string, readonly SnippetCase[]>>

const runner = (name: string) => join(import.meta.dirname, 'runners', name)

/**
 * Calls the snippets of one language with the cases of every provider, in one process.
 * `sign` is asked for them when all is built: the shortest tolerance is five seconds.
 */
export function runSnippets(language: SnippetLanguage, sign: () => Cases, folder: string): Answers {
  const shapes = sign()
  const files = Object.keys(shapes).map((id) => ({ id, file: place(language, id, folder) }))
  const [command, ...args] = language === 'go' ? [buildGo(shapes, folder)] : scriptOf(language)
  const cases = sign()
  const jobs = files.map(({ id, file }) => ({ id, file, name: functionName(language, id), cases: cases[id] }))
  return JSON.parse(run(command, args, { input: JSON.stringify(jobs) })) as Answers
}

function scriptOf(language: Exclude<SnippetLanguage, 'go'>): [string, string] {
  const script = { node: 'run.mjs', python: 'run.py', ruby: 'run.rb', php: 'run.php' }[language]
  return [INTERPRETERS[language].command, runner(script)]
}

function functionName(language: SnippetLanguage, id: string): string {
  return language === 'node' ? `verify${pascalCase(id)}` : `verify_${snakeCase(id)}`
}

/** Writes a snippet, byte for byte, into a folder of its own. */
export function place(language: SnippetLanguage, id: string, folder: string): string {
  const [snippet] = verificationSnippets(providerOf(id), [language])
  const own = join(folder, snakeCase(id))
  mkdirSync(own)
  const file = join(own, snippet!.fileName)
  writeFileSync(file, snippet!.code)
  return file
}

/** Builds one program of all snippets; gives its path. */
function buildGo(cases: Cases, folder: string): string {
  writeFileSync(join(folder, 'go.mod'), 'module snippets\n\ngo 1.18\n')
  writeFileSync(join(folder, 'verifiers.go'), goTable(cases))
  copyFileSync(runner('main.go.txt'), join(folder, 'main.go'))
  const program = join(folder, 'snippets')
  run('go', ['build', '-o', program, '.'], { cwd: folder })
  return program
}

/** A Go file that gives every snippet the same signature. */
function goTable(cases: Cases): string {
  const ids = Object.keys(cases)
  const entries = ids.map((id) => {
    const extras = (cases[id]?.[0]?.extras ?? []).map((_, index) => `, extras[${index}]`)
    const call = `${snakeCase(id)}.Verify${pascalCase(id)}(body, header, keys${extras.join('')})`
    return `\t"${id}": func(body []byte, header http.Header, keys, extras []string) bool { return ${call} },`
  })
  return [
    'package main',
    'import (',
    '\t"net/http"',
    ...ids.map((id) => `\t${snakeCase(id)} "snippets/${snakeCase(id)}"`),
    ')',
    'var verifiers = map[string]func([]byte, http.Header, []string, []string) bool{',
    ...entries,
    '}',
    '',
  ].join('\n')
}
