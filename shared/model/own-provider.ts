import { z } from 'zod'
import { ProjectId } from './ids.ts'

/** The id of a provider, kebab-case. `none` stands for nobody. */
export const ProviderId = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'use small letters, digits and single hyphens between them')
  .refine((id) => id !== 'none', '“none” stands for nobody')

const HeaderName = z
  .string()
  .trim()
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'use letters, digits and hyphens')
const FieldPath = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^{}\s]+$/, 'write keys with full stops between them, such as data.id')

/** Where a request names something: a header, a path into its JSON, a field of its form, or a parameter of its query. */
export const Place = z.union([
  z.strictObject({ header: HeaderName }),
  z.strictObject({ json: FieldPath }),
  z.strictObject({ form: FieldPath }),
  z.strictObject({ query: FieldPath }),
])
export type Place = z.infer<typeof Place>

/** Where to look, the first place that says something first. */
export const Recognition = z.strictObject({
  eventType: z.array(Place).max(5).readonly(),
  /** The sender's own id of a message, the same when it is sent again. */
  messageId: z.array(Place).max(5).readonly(),
  /** The sender's count of its messages, where it keeps one: a whole number that grows by one with each. */
  sequence: z.array(Place).max(5).readonly().optional(),
})
export type Recognition = z.infer<typeof Recognition>

/** The longest age that a timestamp may be allowed: a week. */
const MAX_TOLERANCE_SECONDS = 7 * 86_400

/** How a sender of a person's own signs with an HMAC, as data. */
export const SigningRecipe = z.strictObject({
  algorithm: z.enum(['hmac-sha1', 'hmac-sha256', 'hmac-sha512']).default('hmac-sha256'),
  key: z
    .enum(['utf8', 'hex', 'base64'])
    .default('utf8')
    .describe('How the secret’s text becomes the key; with `base64`, what follows `secretPrefix`.'),
  secretPrefix: z
    .string()
    .regex(/^[\w-]{0,20}$/, 'use up to 20 letters, digits, hyphens and underscores')
    .default('')
    .describe('What new secrets begin with, such as `whsec_`.'),
  signedContent: z
    .string()
    .min(1)
    .max(500)
    .default('{body}')
    .describe(
      'Text with tokens: `{body}`, `{timestamp}`, `{id}`, `{type}`, `{nonce}`, `{method}`, `{url}`, `{form}`, `{crc32}`, `{body.<path>}`, `{header.<name>}`.',
    ),
  encoding: z.enum(['hex', 'base64', 'base64url']).default('hex'),
  header: HeaderName.describe('Which header carries the signature.'),
  format: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default('{signature}')
    .describe('The header’s value, such as `sha256={signature}` or `t={timestamp},v1={signature}`.'),
  separator: z
    .enum([',', ';', ' '])
    .nullable()
    .default(null)
    .describe('What stands between the parts of the format, and between several signatures; null for one of one part.'),
  timestamp: z
    .strictObject({
      header: HeaderName.nullable().default(null).describe('Null where the signature’s own header carries it.'),
      unit: z.enum(['s', 'ms', 'rfc3339']).default('s'),
      toleranceSeconds: z.number().int().min(1).max(MAX_TOLERANCE_SECONDS).nullable().default(null),
    })
    .nullable()
    .default(null),
})
export type SigningRecipe = z.infer<typeof SigningRecipe>

/** What a person says of a provider of their own. */
export const ProviderDefinition = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .refine((name) => !/\p{Cc}/u.test(name), 'leave out line breaks and other control characters'),
  signing: SigningRecipe.nullable(),
  recognition: Recognition,
  /** The policy preset that delivers as this sender does; null for a single try. */
  policy: z.string().max(60).nullable(),
  bodyFormat: z.enum(['json', 'form']),
})
export type ProviderDefinition = z.infer<typeof ProviderDefinition>

const { name, signing, recognition, policy, bodyFormat } = ProviderDefinition.shape

/** The same as a person gives it for a new one. */
export const ProviderFields = {
  name,
  signing: signing.default(null).describe('How it signs with an HMAC; null for a sender that does not sign.'),
  recognition: recognition.default({ eventType: [], messageId: [] }),
  policy: policy.default(null),
  bodyFormat: bodyFormat.default('json'),
}

/** A provider that a project added. */
export const OwnProvider = z.object({
  id: ProviderId,
  projectId: ProjectId,
  ...ProviderDefinition.shape,
  createdAt: z.number(),
  updatedAt: z.number(),
})
export type OwnProvider = z.infer<typeof OwnProvider>
