import type { z } from 'zod'
import type { KeyView } from '#shared/contract/access/keys.ts'
import type { keys } from '#shared/contract/access/keys.ts'
import type { ApiRig } from '#test/support/api-rig.ts'

export type MadeKey = KeyView & { secret: string }
type NewKey = Partial<z.input<NonNullable<(typeof keys.create)['~orpc']['inputSchema']>>>

/** The header of whoever holds this text. */
export const bearing = (secret: string) => ({ authorization: `Bearer ${secret}` })

/** Makes a key, by the owner unless another key is given. */
export async function makeKey(rig: ApiRig, input: NewKey = {}, by?: string): Promise<MadeKey> {
  const response = await tryKey(rig, input, by)
  if (response.status !== 201) throw new Error(`the key was refused: ${await response.text()}`)
  return (await response.json()) as MadeKey
}

export function tryKey(rig: ApiRig, input: NewKey, by?: string): Promise<Response> {
  const body = { name: 'CI', scopes: ['events:read'], ...input }
  return rig.call('POST', '/keys', body, by === undefined ? {} : bearing(by))
}

/** The status that a GET with this text is answered with. */
export async function statusWith(rig: ApiRig, secret: string, path = '/caller'): Promise<number> {
  const response = await rig.call('GET', path, undefined, bearing(secret))
  await response.arrayBuffer()
  return response.status
}
