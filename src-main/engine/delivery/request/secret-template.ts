import type { Failure } from '#shared/model/failure.ts'

/** An endpoint's opened secrets by name, the signing one left out. */
export type NamedSecrets = ReadonlyMap<string, string>

const TOKEN = /\{secret\.([a-z0-9_]{1,40})\}/g
/** What is left of a token that was written wrongly or nested. */
const BROKEN_TOKEN = /\{\s*secret/i

/** The names that a template uses, each once. */
export function secretNames(template: string): string[] {
  return [...new Set(Array.from(template.matchAll(TOKEN), ([, name = '']) => name))]
}

/** Whether every token of it is one that can be filled. */
export function isTemplate(text: string): boolean {
  return !BROKEN_TOKEN.test(text.replaceAll(TOKEN, ''))
}

/** The template with `of(name)` in place of each token; what is put in is never read as a template again. */
export function fillTemplate(template: string, of: (name: string) => string): string {
  return template.replaceAll(TOKEN, (_token, name: string) => of(name))
}

/** Why a template of the endpoint's `place` cannot be filled; null where it can. */
export function templateFailure(template: string, place: string, secrets: NamedSecrets): Failure | null {
  if (!isTemplate(template)) {
    const detail = `${place} holds a token that cannot be filled: write {secret.name}, nothing nested in it`
    return { code: 'template_invalid', phase: 'build', detail }
  }
  const missing = secretNames(template).find((name) => !secrets.has(name))
  if (missing === undefined) return null
  const detail = `${place} uses {secret.${missing}}, and the endpoint has no secret “${missing}”`
  return { code: 'secret_missing', phase: 'build', detail }
}
