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

/** Calls the snippets of one language with the cases of every provider, in one process. */
export function runSnippets(language: SnippetLanguage, cases: Cases, folder: string): Answers {
  const jobs = Object.entries(cases).map(([id, calls]) => {
    const file = place(language, id, folder)
    return { id, file, name: functionName(language, id), cases: calls }
  })
  const input = JSON.stringify(jobs)
  if (language === 'go') return JSON.parse(runGo(cases, folder, input)) as Answers
  const script = { node: 'run.mjs', python: 'run.py', ruby: 'run.rb', php: 'run.php' }[language]
  return JSON.parse(run(INTERPRETERS[language].command, [runner(script)], { input })) as Answers
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

function runGo(cases: Cases, folder: string, input: string): string {
  writeFileSync(join(folder, 'go.mod'), 'module snippets\n\ngo 1.18\n')
  writeFileSync(join(folder, 'verifiers.go'), goTable(cases))
  copyFileSync(runner('main.go.txt'), join(folder, 'main.go'))
  const program = join(folder, 'snippets')
  run('go', ['build', '-o', program, '.'], { cwd: folder })
  return run(program, [], { input })
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
