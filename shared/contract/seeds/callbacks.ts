import { z } from 'zod'
import { CallbackHeader, MASKED_VALUE } from '../../model/callback.ts'
import { changes, reads } from '../base.ts'

const tags = ['Callbacks']

/** A callback as it is given: what is left out stays, null removes. */
export const callbackFields = {
  apiCallbackUrl: z
    .string()
    .trim()
    .min(1)
    .max(2_048)
    .nullable()
    .optional()
    .describe('Where callbacks go; null for none of this level. URL and headers of one level go together.'),
  apiCallbackHeaders: z
    .array(z.strictObject({ key: z.string().min(1).max(200), value: z.string().max(4_096) }))
    .nullable()
    .optional()
    .describe(
      `All of them. Credentials among them are kept sealed and shown as \`${MASKED_VALUE}\`, which keeps the stored value when given back.`,
    ),
}

/** A callback as it is shown. */
export const callbackShape = {
  apiCallbackUrl: z.string().nullable(),
  apiCallbackHeaders: z.array(CallbackHeader).readonly(),
}

export const AccountView = z.object(callbackShape)
export type AccountView = z.infer<typeof AccountView>

export const account = {
  get: reads('projects:read', [], 'installation')
    .route({ method: 'GET', path: '/account', summary: 'Show the account: the installation as a whole', tags })
    .output(AccountView),
  update: changes('projects:write', 'account.update', ['vault_locked'], 'installation')
    .route({
      method: 'PATCH',
      path: '/account',
      summary: 'Change the account',
      description: 'Its callback holds for every project that has none of its own.',
      tags,
    })
    .input(z.strictObject(callbackFields))
    .output(AccountView),
}
