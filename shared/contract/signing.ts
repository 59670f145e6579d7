import { z } from 'zod'
import { Diagnosis } from '../model/diagnosis.ts'
import { HeaderList } from '../model/header.ts'
import { SnippetLanguage, VerificationSnippet } from '../model/snippet.ts'
import { Verdict } from '../model/verdict.ts'
import { InProject, reads } from './base.ts'

const Secret = z.string().max(20_000)

const SigningInput = z.strictObject({
  ...InProject.shape,
  provider: z.string().max(60).describe('A provider’s id, such as `github`, or one that the project added.'),
  secret: Secret.optional().describe('A shared secret; a private key to sign, a public key or certificate to verify.'),
  secrets: z.array(Secret).max(20).optional().describe('Instead of `secret`: several, the newest first.'),
  method: z.string().min(1).max(40).default('POST'),
  url: z.string().max(8_192).default('').describe('The public URL that the sender used.'),
  headers: HeaderList.default([]).describe('Pairs in order, as they stand on the wire.'),
  bodyBase64: z.base64().default(''),
  now: z.number().min(0).max(8_640_000_000_000).optional().describe('Unix seconds that stand for the clock.'),
})

export const signing = {
  sign: reads('catalog:read', ['unknown_provider'])
    .route({
      method: 'POST',
      path: '/sign',
      summary: 'Sign a request',
      description:
        'Answers with the headers and the body that the provider would send. A message id or event type among `headers` is kept. Nothing is sent or stored.',
      tags: ['Signing'],
    })
    .input(SigningInput)
    .output(z.object({ headers: HeaderList, bodyBase64: z.base64() })),
  verify: reads('catalog:read', ['unknown_provider'])
    .route({
      method: 'POST',
      path: '/verify',
      summary: 'Verify a request',
      description: 'Judges a request as the provider’s own verifier would. Nothing is stored.',
      tags: ['Signing'],
    })
    .input(SigningInput)
    .output(Verdict),
  diagnose: reads('catalog:read', ['unknown_provider'])
    .route({
      method: 'POST',
      path: '/diagnose',
      summary: 'Explain why a request does not verify',
      description:
        'Searches for the change with which the signature is right: body written again, another encoding, secret, hash, URL, clock or sender. Nothing is stored.',
      tags: ['Signing'],
    })
    .input(SigningInput)
    .output(Diagnosis),
  snippets: reads('catalog:read', ['unknown_provider'])
    .route({
      method: 'GET',
      path: '/providers/{id}/snippets',
      summary: 'Write code that verifies a provider’s requests',
      description:
        'One file for each language: a function over the raw body, the headers and the secrets that count. Empty for a sender that does not sign.',
      tags: ['Signing'],
    })
    .input(
      z.object({
        ...InProject.shape,
        id: z.string().max(60).describe('A provider’s id, such as `github`.'),
        language: SnippetLanguage.optional().describe('All of them where none is named.'),
      }),
    )
    .output(z.object({ items: z.array(VerificationSnippet) })),
}
