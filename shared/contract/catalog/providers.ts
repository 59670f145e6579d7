import { z } from 'zod'
import { HeaderList } from '../../model/header.ts'
import { ProviderDefinition, ProviderFields, ProviderId, Recognition } from '../../model/own-provider.ts'
import { ProofPlace } from '../../model/proof-place.ts'
import { ById, changes, InProject, Instant, reads } from '../base.ts'

const ProviderFacts = z.object({
  source: z.string().describe('Where what is known of it comes from.'),
  checkedOn: z.string().describe('The day on which that was checked, such as `2026-11-21`.'),
  unconfirmed: z.string().nullable().describe('What could not be confirmed.'),
})

export const ProviderView = z.object({
  id: z.string(),
  name: z.string(),
  builtIn: z.boolean(),
  signs: z.boolean(),
  asksForToken: z.boolean().describe('Whether its handshake shows a verify token that its owner typed at it.'),
  proof: z.array(ProofPlace).describe('Where its requests carry their signature, and what else takes part in it.'),
  policy: z.string().nullable().describe('The policy preset that delivers as it does.'),
  facts: ProviderFacts,
  eventTypes: z.array(z.object({ name: z.string(), description: z.string(), sample: z.json(), builtIn: z.boolean() })),
})
export type ProviderView = z.infer<typeof ProviderView>

/** How a provider signs. Templates hold literal text and tokens in braces. */
const SigningView = z.object({
  algorithm: z.string(),
  key: z.enum(['text', 'hex', 'base64', 'key-pair']).describe('What the secret’s text is.'),
  signedContent: z.string(),
  encoding: z.enum(['hex', 'base64', 'base64url']),
  signatureFormat: z.string(),
  headers: HeaderList.describe('Names, and the templates of their values.'),
  bodyField: z.string().nullable().describe('Where the signature stands in the body instead of a header.'),
  timestampUnit: z.enum(['s', 'ms', 'rfc3339']).nullable().describe('Null where it sends no time.'),
  toleranceSeconds: z.object({ past: z.number().nullable(), future: z.number().nullable() }).nullable(),
  otherForms: z.number().describe('How many older or newer forms it is known to use beside this one.'),
})
export type SigningView = z.infer<typeof SigningView>

export const ProviderDetail = z.object({
  ...ProviderView.shape,
  signing: SigningView.nullable(),
  recognition: Recognition,
  bodyFormat: z.enum(['json', 'form']),
  deadlineMs: z.number().nullable().describe('How long it waits for an answer, where no preset says it.'),
  resend: z.string().nullable().describe('How to have it send again what did not arrive.'),
  definition: z
    .object({ ...ProviderDefinition.shape, createdAt: Instant, updatedAt: Instant })
    .nullable()
    .describe('As the project defined it; null for one that ships.'),
})
export type ProviderDetail = z.infer<typeof ProviderDetail>

const id = z.object({ ...ById.shape, ...InProject.shape })
const tags = ['Catalog']

export const providers = {
  list: reads('catalog:read')
    .route({
      method: 'GET',
      path: '/providers',
      summary: 'List the providers',
      description: 'The project’s own first, then those that ship.',
      tags,
    })
    .input(InProject)
    .output(z.object({ items: z.array(ProviderView) })),
  get: reads('catalog:read', ['unknown_provider'])
    .route({ method: 'GET', path: '/providers/{id}', summary: 'Show a provider', tags })
    .input(id)
    .output(ProviderDetail),
  create: changes('catalog:write', 'provider.create', ['slug_taken'])
    .route({
      method: 'POST',
      path: '/providers',
      summary: 'Add a provider of your own',
      description: 'Refused unless a receiver could verify what it signs.',
      tags,
      successStatus: 201,
    })
    .input(z.strictObject({ ...InProject.shape, id: ProviderId, ...ProviderFields }))
    .output(ProviderDetail),
  update: changes('catalog:write', 'provider.update', ['unknown_provider', 'read_only'])
    .route({
      method: 'PATCH',
      path: '/providers/{id}',
      summary: 'Change a provider of your own',
      description: 'A field that is given is replaced whole.',
      tags,
    })
    .input(z.strictObject({ id: z.string(), ...InProject.shape, ...ProviderDefinition.partial().shape }))
    .output(ProviderDetail),
  delete: changes('catalog:write', 'provider.delete', ['unknown_provider', 'read_only', 'provider_in_use'])
    .route({
      method: 'DELETE',
      path: '/providers/{id}',
      summary: 'Delete a provider of your own',
      description: 'Its event types go with it. Refused while a source or an endpoint uses it.',
      tags,
    })
    .input(id)
    .output(z.object({ id: z.string(), eventTypes: z.number() })),
  preview: reads('catalog:read')
    .route({
      method: 'POST',
      path: '/providers/preview',
      summary: 'Show what a provider would put into the headers',
      description: 'Signs the sample with a secret made for this once. Nothing is sent or stored.',
      tags,
    })
    .input(z.strictObject({ ...InProject.shape, ...ProviderFields, sample: z.json().default({ hello: 'world' }) }))
    .output(
      z.object({
        secret: z.string().nullable(),
        headers: HeaderList,
        problem: z
          .object({ field: z.string().nullable(), message: z.string(), hint: z.string().nullable() })
          .nullable()
          .describe('Why such a provider would be refused.'),
      }),
    ),
}
