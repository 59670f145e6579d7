import { z } from 'zod'

/** The languages that verification code is written in. */
export const SnippetLanguage = z.enum(['node', 'python', 'go', 'ruby', 'php'])
export type SnippetLanguage = z.infer<typeof SnippetLanguage>

/** A file to paste into a receiver: a function that tells whether a request carries a valid signature. */
export const VerificationSnippet = z.object({
  language: SnippetLanguage,
  fileName: z.string(),
  code: z.string(),
})
export type VerificationSnippet = z.infer<typeof VerificationSnippet>
