import { proven } from '../finding.ts'
import type { Change, Hypothesis } from '../subject.ts'
import { decodings } from './decodings.ts'

/** The right secret, with something around it, or turned into a key in another way. */
export const ownSecrets: Hypothesis = function* ({ sender, message: { secrets } }) {
  if (secrets.length === 0) return
  const cleaned = secrets.map(cleanedSecret)
  if (cleaned.some((text, index) => text !== secrets[index])) yield withSecrets(cleaned)
  yield* decodings(sender, cleaned)
}

/** A secret without what was copied with it: space, quotes, the name of a variable. */
export function cleanedSecret(text: string): string {
  const visible = text.replaceAll(/[\p{Cf}\p{Zs}\r\n\t]/gu, (char) => (char === ' ' ? ' ' : '')).trim()
  const value = visible.replace(/^(?:export )?[A-Z][A-Z0-9_]{2,60}=/, '')
  return value.replace(/^(["'`])([^]*)\1[,;]?$/, '$2').trim()
}

function withSecrets(secrets: readonly string[]): Change {
  return {
    findings: [
      proven('secret_space', {
        title: 'The secret was pasted with something around it',
        explanation: 'Without the space, line break, quotes or variable name around it, the secret proves the request.',
        fix: 'Enter the bare secret: nothing before or after it. In files and environments, mind the last line break.',
      }),
    ],
    apply: (subject) => ({ ...subject, secrets }),
  }
}
