import { AppError } from '#shared/model/app-error.ts'
import { MASKED_VALUE, type Callback, type CallbackHeader } from '#shared/model/callback.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { checkTargetUrl, REFUSED_HEADERS } from '../endpoints/endpoint-config.ts'
import type { Actor, EndpointsApi } from '../engine.ts'
import { checkHeaders } from '../header-rules.ts'
import type { AddressGuard, Log, SettingScope } from '../ports.ts'
import { ofProject, type Registry } from '../registry.ts'
import { createTurns } from '../turns.ts'
import { CALLBACK_ENDPOINT, isAt, secretsOf, targetOf } from './callback-endpoint.ts'
import { shownCallback, type CallbackSettings, type StoredCallback } from './callback-settings.ts'

/** What is to be different; what is left out stays. */
export interface CallbackChange {
  url?: string | null | undefined
  /** The whole list; null removes them. A credential that is shown masked keeps its value when it is given back so. */
  headers?: readonly CallbackHeader[] | null | undefined
}

export interface CallbacksApi {
  /** As it was set at this level, credentials masked; null where it was not. */
  get(scope: SettingScope): Callback | null
  /** Which level's callback a project has. */
  levelOf(projectId: ProjectId): 'project' | 'account' | null
  /** The endpoint that the callback of a project keeps. */
  endpointOf(projectId: ProjectId): Endpoint | null
  /**
   * Checks a change and hands back what makes it, which resolves to the callback as it was given. Throws `AppError` that
   * names the field.
   */
  prepare(scope: SettingScope, change: CallbackChange, actor: Actor): () => Promise<Callback | null>
  /** Gives every project the endpoint that its callback asks for, and takes away what none asks for. */
  settle(actor: Actor): Promise<void>
}

export interface CallbacksDeps {
  settings: CallbackSettings
  registry: Registry
  endpoints: Pick<EndpointsApi, 'create' | 'update' | 'delete'>
  guard: AddressGuard
  log: Log
}

const MOST_HEADERS = 20

/**
 * Callbacks of the account and of projects. A project's own wins, as a whole: URL and headers are one pair, so that the
 * headers of one level never go to the URL of another.
 */
export function createCallbacks(deps: CallbacksDeps): CallbacksApi {
  const { settings, registry, endpoints, log } = deps
  const inTurn = createTurns()

  function effective(projectId: ProjectId): { scope: SettingScope; callback: StoredCallback } | null {
    for (const scope of [projectId, 'account'] as const) {
      const callback = settings.get(scope)
      if (callback) return { scope, callback }
    }
    return null
  }

  const endpointOf = (projectId: ProjectId) =>
    ofProject(registry.endpoints, projectId).find(({ version }) => version.config.role === 'callback') ?? null

  async function settleProject(projectId: ProjectId, actor: Actor): Promise<void> {
    const wanted = effective(projectId)
    const endpoint = endpointOf(projectId)
    if (wanted === null) return void (endpoint && (await endpoints.delete(endpoint)))
    const { scope, callback } = wanted
    if (endpoint && isAt(endpoint.version.config, callback)) return
    const given = secretsOf(callback, await settings.open(scope, callback))
    const target = targetOf(callback)
    if (!endpoint) {
      await endpoints.create(projectId, { ...CALLBACK_ENDPOINT, ...target, secrets: given }, actor)
      return
    }
    await endpoints.update(endpoint, { ...target, secrets: { ...(await outdated(endpoint)), ...given } }, actor)
  }

  /** What the endpoint's headers use now and will not afterwards. */
  async function outdated({ version }: Endpoint): Promise<Record<string, null>> {
    const names = version.config.headers.flatMap(([, value]) => /^\{secret\.(callback_\w+)\}$/.exec(value)?.[1] ?? [])
    return Object.fromEntries(names.map((name) => [name, null]))
  }

  /** One after the other: two changes at once must not make two endpoints. */
  const settle = (actor: Actor): Promise<void> =>
    inTurn('settle', async () => {
      const failures: unknown[] = []
      for (const { id } of registry.projects.values()) {
        // One project whose callback cannot be set up must not keep the others from theirs.
        await settleProject(id, actor).catch((error: unknown) => {
          failures.push(error)
          log.warn('The endpoint of a callback could not be set up', { project: id, error: String(error) })
        })
      }
      if (failures.length > 0) throw failures[0]
    })

  return {
    get(scope) {
      const stored = settings.get(scope)
      return stored && shownCallback(stored)
    },

    levelOf(projectId) {
      const wanted = effective(projectId)
      if (wanted === null) return null
      return wanted.scope === 'account' ? 'account' : 'project'
    },

    endpointOf,

    prepare(scope, change, actor) {
      const before = settings.get(scope)
      const url = change.url === undefined ? (before?.url ?? null) : change.url
      if (url !== null) checkTargetUrl(url, 'apiCallbackUrl', deps.guard)
      const wanted = change.headers === undefined ? before && shownCallback(before).headers : change.headers
      const headers = url === null && change.headers === undefined ? [] : (wanted ?? [])
      checkCallbackHeaders(headers, url)
      checkKept(headers, url, before)
      return async () => {
        const next = url === null ? null : { url, headers: await unmasked(headers, scope, before) }
        await settings.put(scope, next)
        await settle(actor)
        // A credential that was kept is told as masked as it came.
        return url === null ? null : { url, headers }
      }
    },

    settle,
  }

  async function unmasked(
    headers: readonly CallbackHeader[],
    scope: SettingScope,
    before: StoredCallback | null,
  ): Promise<readonly CallbackHeader[]> {
    if (!before || headers.every(({ value }) => value !== MASKED_VALUE)) return headers
    const stored = await settings.open(scope, before)
    return headers.map((header) => {
      if (header.value !== MASKED_VALUE) return header
      return stored.find(({ key }) => key.toLowerCase() === header.key.toLowerCase()) ?? header
    })
  }
}

/** A stored credential goes to the address that it was given for: whoever may change the URL may not read it by that. */
function checkKept(headers: readonly CallbackHeader[], url: string | null, before: StoredCallback | null): void {
  if (!before || url === null || URL.parse(url)?.origin === URL.parse(before.url)?.origin) return
  const kept = headers.find(({ value }) => value === MASKED_VALUE)
  if (!kept) return
  throw new AppError('invalid_request', `The stored value of ${kept.key} belongs to another address.`, {
    field: 'apiCallbackHeaders',
    hint: `Give ${kept.key} again with its value, or leave it out: apiCallbackHeaders is the whole list.`,
  })
}

function checkCallbackHeaders(headers: readonly CallbackHeader[], url: string | null): void {
  const field = 'apiCallbackHeaders'
  if (headers.length > 0 && url === null) {
    throw new AppError('invalid_request', 'Headers go with a URL, and none is set here.', {
      field,
      hint: 'Give apiCallbackUrl in the same request: headers of the account never go to the URL of a project.',
    })
  }
  if (headers.length > MOST_HEADERS) {
    throw new AppError('invalid_request', `A callback has at most ${MOST_HEADERS} headers.`, { field })
  }
  checkHeaders(
    headers.map(({ key, value }) => [key, value]),
    { field, refused: REFUSED_HEADERS },
  )
}
