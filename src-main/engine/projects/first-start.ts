import {
  DEFAULT_ACTIVE_ENDPOINT_LIMIT,
  DEFAULT_PROJECT_SLUG,
  type Project,
  SECRET_MAX_AGE_DAYS,
} from '#shared/model/project.ts'
import { ANY_ORIGIN, DEFAULT_ANSWER, DEFAULT_BODY_LIMIT_BYTES, type Source } from '#shared/model/source.ts'
import { newIngestKey } from '../capture/ingestion/ingest-access.ts'
import type { Clock, Ids, Random, Store } from '../ports.ts'
import { newSiteId } from './new-site-id.ts'

/** The source that is there from the start. */
const FIRST_SOURCE_SLUG = 'inbox'

/** Gives a fresh store its project `default` and its source `inbox`; leaves any other store alone. */
export async function prepareFirstStart(
  store: Store,
  { clock, ids, random }: { clock: Clock; ids: Ids; random: Random },
): Promise<void> {
  if ((await store.projects.list()).length > 0) return
  const createdAt = clock.now()
  const project: Project = {
    id: ids.next('prj'),
    siteId: newSiteId(random),
    slug: DEFAULT_PROJECT_SLUG,
    name: 'Default',
    timeScale: 1,
    notificationUrl: null,
    activeEndpointLimit: DEFAULT_ACTIVE_ENDPOINT_LIMIT,
    secretMaxAgeDays: SECRET_MAX_AGE_DAYS,
    createdAt,
  }
  await store.projects.create(project)
  const source: Source = {
    id: ids.next('src'),
    projectId: project.id,
    slug: FIRST_SOURCE_SLUG,
    name: 'Inbox',
    provider: null,
    answer: DEFAULT_ANSWER,
    publicUrl: null,
    duplicates: 'keep',
    bodyLimitBytes: DEFAULT_BODY_LIMIT_BYTES,
    ingestKey: newIngestKey(random),
    allowedOrigins: [ANY_ORIGIN],
    createdAt,
  }
  await store.sources.create(source)
}
