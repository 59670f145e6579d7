import type { Failure } from '#shared/model/failure.ts'
import { fillTemplate, secretNames, templateFailure, type NamedSecrets } from './secret-template.ts'

const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i
// oxlint-disable-next-line no-control-regex -- control characters are just what is looked for
const CONTROL = /[\x00-\x1f\x7f]/

export interface TemplateUrl {
  origin: string
  /** Each as it is sent, and as it is shown: with its tokens. */
  path: Filled
  /** With its question mark; empty without a query. */
  search: Filled
}

interface Filled {
  sent: string
  shown: string
}

/** Reads a URL whose path and query may hold `{secret.name}`; a secret goes in percent-encoded, so it changes no other part. */
export function readUrlTemplate(template: string, secrets: NamedSecrets): TemplateUrl | { failure: Failure } {
  const failure = templateFailure(template, 'The URL', secrets)
  if (failure) return { failure }
  const stand = standIns(template)
  const base = URL.parse(fillTemplate(template, stand.of))
  if (!base) return refused('The endpoint’s URL cannot be read: write it whole, such as http://localhost:3000/webhooks')
  if (base.protocol !== 'http:' && base.protocol !== 'https:') {
    return refused(`Only http and https can be delivered to, not ${stand.shown(base.protocol.slice(0, -1))}`)
  }
  if (stand.in(base.host)) return { failure: tokenInHost() }
  const broken = secretNames(template).find((name) => CONTROL.test(secrets.get(name) ?? ''))
  if (broken !== undefined) return refused(`The secret “${broken}” holds a line break or control character`)
  const filled = (text: string): Filled => ({
    sent: stand.replaced(text, (name) => encodeURIComponent((secrets.get(name) ?? '').toWellFormed())),
    shown: stand.shown(text),
  })
  const path = filled(base.pathname)
  if (path.sent !== base.pathname && DOT_SEGMENT.test(path.sent)) {
    return refused('A secret makes a “.” or “..” segment of the path, which would lead elsewhere')
  }
  return { origin: base.origin, path, search: filled(base.search) }
}

/** Words that the URL parser leaves alone, in place of the tokens while it reads the URL. */
function standIns(template: string) {
  const names = secretNames(template)
  let word = 'secretstandin'
  while (template.toLowerCase().includes(word)) word += 'x'
  const mark = (name: string) => `${word}${names.indexOf(name)}q`
  const pattern = new RegExp(`${word}(\\d+)q`, 'g')
  const replaced = (text: string, of: (name: string) => string) =>
    text.replace(pattern, (_mark, index: string) => of(names[Number(index)] ?? ''))
  return {
    of: mark,
    in: (text: string) => text.includes(word),
    replaced,
    shown: (text: string) => replaced(text, (name) => `{secret.${name}}`),
  }
}

/** Whether a URL's tokens stand only where they may. */
export function hasTokenInHost(template: string): boolean {
  const stand = standIns(template)
  const url = URL.parse(fillTemplate(template, stand.of))
  return url !== null && (stand.in(url.host) || stand.in(url.protocol))
}

/** The URL with its tokens made readable, for checks of everything else. */
export function withoutTokens(template: string): string {
  return fillTemplate(template, (name) => name)
}

function tokenInHost(): Failure {
  const detail = 'The URL’s host holds a secret: a token may stand in the path and the query only'
  return { code: 'template_invalid', phase: 'build', detail }
}

function refused(detail: string): { failure: Failure } {
  return { failure: { code: 'url_invalid', phase: 'build', detail } }
}
