import type { Provider } from '../catalog/provider.ts'
import { adyenSnippets } from './dedicated/adyen.ts'
import { mailgunSnippets } from './dedicated/mailgun.ts'
import { plivoSnippets } from './dedicated/plivo.ts'
import { twilioSnippets } from './dedicated/twilio.ts'
import { goSnippet } from './languages/go.ts'
import { nodeSnippet } from './languages/node.ts'
import { phpSnippet } from './languages/php.ts'
import { pythonSnippet } from './languages/python.ts'
import { rubySnippet } from './languages/ruby.ts'
import type { SnippetLanguage, VerificationSnippet } from '#shared/model/snippet.ts'
import { type Plan, planFor } from './plan.ts'

const WRITERS: Readonly<Record<SnippetLanguage, { fileName: string; write: (plan: Plan) => string }>> = {
  node: { fileName: 'verify.mjs', write: nodeSnippet },
  python: { fileName: 'verify.py', write: pythonSnippet },
  go: { fileName: 'verify.go', write: goSnippet },
  ruby: { fileName: 'verify.rb', write: rubySnippet },
  php: { fileName: 'verify.php', write: phpSnippet },
}

/** Senders whose scheme is like no other: their code is written for them alone. */
const DEDICATED: Readonly<Record<string, Readonly<Record<SnippetLanguage, string>>>> = {
  adyen: adyenSnippets,
  mailgun: mailgunSnippets,
  plivo: plivoSnippets,
  twilio: twilioSnippets,
}

/**
 * Code that verifies a provider's preferred form of signature, one file for each language asked for.
 * Empty for a sender that does not sign, or whose scheme no template covers.
 */
export function verificationSnippets(
  provider: Pick<Provider, 'id' | 'name' | 'signing'>,
  languages: readonly SnippetLanguage[],
): VerificationSnippet[] {
  const dedicated = DEDICATED[provider.id]
  const plan = dedicated ? null : planFor(provider)
  return languages.flatMap((language) => {
    const { fileName, write } = WRITERS[language]
    const code = dedicated?.[language] ?? (plan && write(plan))
    return code === null ? [] : [{ language, fileName, code }]
  })
}
