import { z } from 'zod'
import { MASKED_VALUE, type Callback, type CallbackHeader } from '#shared/model/callback.ts'
import { ProjectId } from '#shared/model/ids.ts'
import { isCredential } from '../delivery/request/mask-headers.ts'
import type { Random, SettingScope, SettingStore } from '../ports.ts'
import type { Resealable } from '../secrets/resealable.ts'
import { createTurns } from '../turns.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'

/** A callback as it is stored: credentials among its headers are sealed, the rest stands in clear. */
const StoredCallback = z.object({
  url: z.string(),
  /** Names this state of it: no secret of another state has a name with it. */
  revision: z.string(),
  /** A null value is the next one in `sealed`. */
  headers: z.array(z.object({ key: z.string(), value: z.string().nullable() })),
  /** The JSON of the values that are credentials, in base64; null where there are none. */
  sealed: z.string().nullable(),
  /** Whose data key sealed them: of an account’s callback, the project that was first then. */
  sealedFor: ProjectId,
})
export type StoredCallback = z.infer<typeof StoredCallback>

export interface CallbackSettings {
  /** Null where none is set. */
  get(scope: SettingScope): StoredCallback | null
  /** Seals and keeps it; null removes it. Throws `VaultLockedError`. */
  put(scope: SettingScope, callback: Callback | null): Promise<void>
  /** What the data keys of a project seal here. */
  texts(projectId: ProjectId): readonly Resealable[]
  /** The values of its headers, opened. Throws `VaultLockedError`. */
  open(scope: SettingScope, stored: StoredCallback): Promise<readonly CallbackHeader[]>
}

export interface CallbackSettingsDeps {
  store: SettingStore
  keeper: SecretKeeper
  random: Random
  /** The project whose data key seals what belongs to the account. */
  firstProject(): ProjectId
}

const KEY = 'callback'

/** Callbacks by scope, in memory and in the settings. */
export async function loadCallbackSettings(deps: CallbackSettingsDeps): Promise<CallbackSettings> {
  const { store, keeper, random } = deps
  const known = new Map<SettingScope, StoredCallback>()
  /** A change and a change of keys at once would each write over the other. */
  const inTurn = createTurns()
  for (const [scope, value] of await store.all(KEY)) known.set(scope, StoredCallback.parse(value))

  async function seal(scope: SettingScope, { url, headers }: Callback): Promise<StoredCallback> {
    const revision = Buffer.from(random.bytes(8)).toString('hex')
    const sealedFor = scope === 'account' ? deps.firstProject() : scope
    const secret = headers.filter(({ key }) => isCredential(key)).map(({ value }) => value)
    const identity = { projectId: sealedFor, callbackOf: scope, revision }
    const sealed = secret.length === 0 ? null : await keeper.seal(identity, JSON.stringify(secret))
    return {
      url,
      revision,
      headers: headers.map(({ key, value }) => ({ key, value: isCredential(key) ? null : value })),
      sealed: sealed && Buffer.from(sealed).toString('base64'),
      sealedFor,
    }
  }

  function textsOf([scope, stored]: [SettingScope, StoredCallback]): Resealable[] {
    if (stored.sealed === null) return []
    const { sealedFor: projectId, revision, sealed } = stored
    return [
      {
        text: { projectId, callbackOf: scope, revision, sealed: Buffer.from(sealed, 'base64') },
        reseal: (to) =>
          inTurn(scope, async () => {
            if (known.get(scope) !== stored) return false
            const next = { ...stored, sealed: Buffer.from(to).toString('base64') }
            await store.put(scope, KEY, next)
            known.set(scope, next)
            return true
          }),
      },
    ]
  }

  return {
    get: (scope) => known.get(scope) ?? null,
    texts: (projectId) => [...known].filter(([, { sealedFor }]) => sealedFor === projectId).flatMap(textsOf),

    put: (scope, callback) =>
      inTurn(scope, async () => {
        const stored = callback && (await seal(scope, callback))
        await store.put(scope, KEY, stored)
        if (stored) known.set(scope, stored)
        else known.delete(scope)
      }),

    async open(scope, { headers, sealed, sealedFor, revision }) {
      const values =
        sealed === null
          ? []
          : (JSON.parse(
              await keeper.open({
                projectId: sealedFor,
                callbackOf: scope,
                revision,
                sealed: Buffer.from(sealed, 'base64'),
              }),
            ) as string[])
      return headers.map(({ key, value }) => ({ key, value: value ?? values.shift() ?? '' }))
    },
  }
}

/** As it is shown: credentials are masked. */
export function shownCallback({ url, headers }: StoredCallback): Callback {
  return { url, headers: headers.map(({ key, value }) => ({ key, value: value ?? MASKED_VALUE })) }
}
