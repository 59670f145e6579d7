import { AppError } from '#shared/model/app-error.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Scope } from '#shared/model/scope.ts'

/** Who asks, from where, and what they may do. */
export interface Caller {
  /** As it is recorded with every change. */
  name: string
  /** `owner` holds the token of the installation or sits at its window; `key` came with an API key. */
  kind: 'owner' | 'key'
  /** The id of the key; null for the owner. */
  keyId: string | null
  /** The remote address; null for the window of this machine. */
  address: string | null
  scopes: 'all' | ReadonlySet<Scope>
  /** The one project that it may see; null for all of them. */
  projectId: ProjectId | null
}

/** The caller who may do everything. */
export function ownerCaller(name: string, address: string | null): Caller {
  return { name, kind: 'owner', keyId: null, address, scopes: 'all', projectId: null }
}

export function mayDo({ scopes }: Pick<Caller, 'scopes'>, scope: Scope): boolean {
  return scopes === 'all' || scopes.has(scope)
}

/** Throws `AppError` `forbidden` with the scope that is missing. */
export function requireScope(caller: Pick<Caller, 'scopes'>, scope: Scope): void {
  if (mayDo(caller, scope)) return
  throw new AppError('forbidden', `This key may not do that: it lacks the scope \`${scope}\`.`, {
    hint: 'Use a key that has it.',
  })
}
