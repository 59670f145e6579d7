import type { ProjectId } from '#shared/model/ids.ts'
import { VaultLockedError, type DataKeyStore, type TextKind, type Vault } from '../ports.ts'
import { type DataKeys, dataKeyContext } from '../secrets/data-keys.ts'
import type { Resealable, SealedByMaster } from '../secrets/resealable.ts'
import { keyNumberOf } from '../secrets/sealed-text.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'

/** How many of each kind are read at once: an answer may be large. */
const PAGES: Readonly<Record<TextKind, number>> = { endpoint: 200, source: 200, sender: 200, answer: 20 }

export interface RotateKeysDeps {
  keys: DataKeyStore
  vault: Vault
  dataKeys: DataKeys
  keeper: Pick<SecretKeeper, 'open' | 'resealed'>
  projectIds(): readonly ProjectId[]
  /** What the data keys of a project seal beside the texts of the key store. */
  textsElsewhere(projectId: ProjectId): readonly Resealable[]
  /** What the master key seals beside the data keys. */
  keysElsewhere(): Promise<readonly SealedByMaster[]>
  onProgress(progress: { done: number; total: number }): void
  /** Asked between any two texts. */
  isStopped(): boolean
}

/** The program stops: what is left is for its next start. */
export class RotationStoppedError extends Error {
  constructor() {
    super('The change of keys was stopped')
    this.name = 'RotationStoppedError'
  }
}

/**
 * Gives every project a new data key under a new master key and seals each text anew, each opened again before it takes its
 * place. Each step lasts by itself, and all that is stored in between can be opened: a run that was cut is gone on with by
 * `continueRotation`. Throws `VaultLockedError` where a project's newest key cannot be opened, `RotationStoppedError`.
 */
export async function rotateKeys(deps: RotateKeysDeps): Promise<void> {
  const { vault, dataKeys } = deps
  const inUse = await withKeys(deps)
  for (const projectId of inUse) await dataKeys.toSeal(projectId)
  await vault.beginRenewal()
  for (const projectId of inUse) await dataKeys.add(projectId)
  await continueRotation(deps)
}

/** Whether a rotation was begun and not ended, its older keys dropped. */
export async function isRotating({
  keys,
  vault,
  dataKeys,
  projectIds,
}: Pick<RotateKeysDeps, 'keys' | 'vault' | 'dataKeys' | 'projectIds'>): Promise<boolean> {
  if (await vault.isRenewing()) return true
  for (const projectId of projectIds()) {
    const [, ...older] = await keys.list(projectId)
    // Keys that are lost stay for what they sealed; they are no rotation.
    for (const { number } of older) if (await opens(dataKeys.toOpen(projectId, number))) return true
  }
  return false
}

/** Goes on where an earlier run was cut. Throws `RotationStoppedError`. */
export async function continueRotation(deps: RotateKeysDeps): Promise<void> {
  const progress = { done: 0, total: 0 }
  const projectIds = await withKeys(deps)
  for (const projectId of projectIds) {
    const { number } = await deps.dataKeys.toSeal(projectId)
    for await (const { text } of textsOf(projectId, deps)) if (numberOf(text) !== number) progress.total++
  }
  deps.onProgress({ ...progress })
  for (const projectId of projectIds) {
    await sealAnew(projectId, deps, () => {
      progress.done++
      deps.onProgress({ ...progress })
    })
  }
  await endRenewal(projectIds, deps)
}

/**
 * Lets the keys before go, after a last look for what one of them sealed meanwhile. To be called once nothing is under way
 * any more that was sealed by one and is not stored, or was read before it was sealed anew and is not opened.
 */
export async function dropOlderKeys(deps: RotateKeysDeps): Promise<void> {
  for (const projectId of await withKeys(deps)) {
    await sealAnew(projectId, deps, () => {})
    await dropOlder(projectId, deps)
  }
}

/** What is damaged or lost stays as it is: it waits to be entered again. */
async function sealAnew(projectId: ProjectId, deps: RotateKeysDeps, onDone: () => void): Promise<void> {
  const key = await deps.dataKeys.toSeal(projectId)
  for await (const { text, reseal } of textsOf(projectId, deps)) {
    if (numberOf(text) === key.number) continue
    const resealed = await orNull(deps.keeper.resealed(text, key))
    if (resealed) await reseal(resealed)
    onDone()
  }
}

/**
 * An older key goes once nothing needs it. Needed is one that is lost, for what it sealed opens again once the key is back,
 * and one that sealed a text meanwhile; a text that is damaged needs none.
 */
async function dropOlder(projectId: ProjectId, deps: RotateKeysDeps): Promise<void> {
  const { keys, dataKeys, keeper } = deps
  const { number: newest } = await dataKeys.toSeal(projectId)
  const needed = new Set<number>([newest])
  for await (const { text } of textsOf(projectId, deps)) {
    const number = numberOf(text)
    if (number === null || needed.has(number)) continue
    const isLost = !(await opens(dataKeys.toOpen(projectId, number)))
    if (isLost || (await opens(keeper.open(text)))) needed.add(number)
  }
  for (const { number } of await keys.list(projectId)) {
    if (!needed.has(number)) await keys.drop({ projectId, number })
  }
  dataKeys.forget(projectId)
}

/** Puts every key that is left under the new master key, and lets the old one go. */
async function endRenewal(projectIds: readonly ProjectId[], deps: RotateKeysDeps): Promise<void> {
  const { keys, vault } = deps
  if (!(await vault.isRenewing())) return
  const left: SealedByMaster[] = [...(await deps.keysElsewhere())]
  for (const projectId of projectIds) {
    for (const key of await keys.list(projectId)) {
      left.push({ sealed: key.sealed, context: dataKeyContext(key), replace: (to) => keys.replace(key, to) })
    }
  }
  for (const { sealed, context, replace } of left) {
    const bytes = await orNull(vault.openKey(sealed, context))
    if (bytes) await replace(await vault.sealKey(bytes, context))
  }
  await vault.endRenewal()
}

async function* textsOf(projectId: ProjectId, deps: RotateKeysDeps): AsyncGenerator<Resealable> {
  for await (const text of everyText(projectId, deps)) {
    if (deps.isStopped()) throw new RotationStoppedError()
    yield text
  }
}

async function* everyText(
  projectId: ProjectId,
  { keys, textsElsewhere }: Pick<RotateKeysDeps, 'keys' | 'textsElsewhere'>,
): AsyncGenerator<Resealable> {
  yield* textsElsewhere(projectId)
  for (const [kind, limit] of Object.entries(PAGES) as [TextKind, number][]) {
    for (let after = 0; ;) {
      const page = await keys.texts({ projectId, kind, after, limit })
      for (const { text } of page) yield { text, reseal: (to) => keys.reseal(text, to) }
      if (page.length < limit) break
      after = page.at(-1)!.position
    }
  }
}

/** The projects that ever sealed anything. */
function withKeys({ keys, projectIds }: RotateKeysDeps): Promise<ProjectId[]> {
  return asyncFilter(projectIds(), async (id) => (await keys.list(id)).length > 0)
}

/** Null where the bytes are no sealed text any more. */
function numberOf({ sealed }: Resealable['text']): number | null {
  try {
    return keyNumberOf(sealed)
  } catch {
    return null
  }
}

async function orNull<T>(opening: Promise<T>): Promise<T | null> {
  try {
    return await opening
  } catch (error) {
    ignoreLocked(error)
    return null
  }
}

async function opens(opening: Promise<unknown>): Promise<boolean> {
  return (await orNull(opening)) !== null
}

function ignoreLocked(error: unknown): void {
  if (!(error instanceof VaultLockedError)) throw error
}

async function asyncFilter<T>(items: readonly T[], keep: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept: T[] = []
  for (const item of items) if (await keep(item)) kept.push(item)
  return kept
}
