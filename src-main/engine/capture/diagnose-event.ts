import { AppError } from '#shared/model/app-error.ts'
import type { Diagnosis } from '#shared/model/diagnosis.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { Source } from '#shared/model/source.ts'
import type { SigningDesk, SigningTask } from '../catalog/signing-desk.ts'
import { signerOf } from '../endpoints/endpoint-config.ts'
import { VaultLockedError } from '../ports.ts'
import { ofProject, type Registry } from '../registry.ts'
import type { CandidateSecret } from '../signing/doctor/subject.ts'
import { pathOf } from './arrival/capture-path.ts'
import { senderUrls } from './arrival/sender-url.ts'
import type { SourceSecrets } from './source-secrets.ts'

export interface DiagnoseEventDeps {
  registry: Registry
  desk: Pick<SigningDesk, 'verify' | 'diagnose'>
  sourceSecrets: Pick<SourceSecrets, 'of'>
  /** Every signing secret of an endpoint, newest first. Throws `VaultLockedError`. */
  endpointSecrets(endpoint: Endpoint): Promise<readonly string[]>
  body(event: EventRecord): Promise<Uint8Array>
}

/**
 * Explains the verdict on a captured event as it would be now, at the time when it came. The secrets of the project's other
 * sources and of its endpoints are tried too. Throws `AppError` where no sender could have signed the event.
 */
export async function diagnoseEvent(deps: DiagnoseEventDeps, event: EventRecord): Promise<Diagnosis> {
  const { source, provider } = signedBy(deps.registry, event)
  const urls = senderUrls(source, event)
  const task: SigningTask = {
    projectId: event.projectId,
    provider,
    secrets: await deps.sourceSecrets.of(source),
    method: event.method,
    url: urls[0] ?? '',
    headers: event.headers,
    body: await deps.body(event),
    nowMs: event.receivedAt,
  }
  const url = urls.find((each) => deps.desk.verify({ ...task, url: each }).reason !== 'signature_mismatch') ?? task.url
  return deps.desk.diagnose(
    { ...task, url },
    {
      candidates: await candidatesOf(deps, source),
      publicUrl: source.publicUrl,
      mountPath: /^\/in\/[^/]+/.exec(pathOf(event.path))?.[0] ?? `/in/${source.slug}`,
    },
  )
}

function signedBy({ sources }: Registry, event: EventRecord): { source: Source; provider: string } {
  const source = event.sourceId === null ? undefined : sources.get(event.sourceId)
  if (!source || event.origin !== 'captured') {
    throw refused('This event was not captured by a source that exists, so no signature is checked.')
  }
  if (event.capture !== 'complete') throw refused('This request did not come whole, so its signature cannot be judged.')
  if (source.provider === null) {
    throw refused(`The source “${source.name}” has no provider, so no signature is checked.`, {
      hint: 'Choose who sends to it.',
    })
  }
  return { source, provider: source.provider }
}

function refused(message: string, data: { hint?: string } = {}): AppError {
  return new AppError('invalid_request', message, data)
}

/** What else of the project may have signed, by whose it is. */
async function candidatesOf(deps: DiagnoseEventDeps, own: Source): Promise<readonly CandidateSecret[]> {
  const { registry, sourceSecrets } = deps
  const sources = ofProject(registry.sources, own.projectId).filter(({ id }) => id !== own.id)
  const endpoints = ofProject(registry.endpoints, own.projectId)
  const lists = await Promise.all([
    ...sources.map(async (source) =>
      candidates(await sourceSecrets.of(source), { label: `source “${source.name}”`, provider: source.provider }),
    ),
    ...endpoints.map(async (endpoint) => {
      const { config } = endpoint.version
      const whose = { label: `endpoint “${config.name}”`, provider: signerOf(config) }
      return candidates(await openedOrNone(deps.endpointSecrets(endpoint)), whose)
    }),
  ])
  return lists.flat()
}

function candidates(texts: readonly string[], whose: Pick<CandidateSecret, 'label' | 'provider'>): CandidateSecret[] {
  return texts.map((text, index) => ({ ...whose, text, isPrevious: index > 0 }))
}

/** Without the key, fewer secrets are tried. */
async function openedOrNone(opening: Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await opening
  } catch (error) {
    if (error instanceof VaultLockedError) return []
    throw error
  }
}
