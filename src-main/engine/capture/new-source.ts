import { AppError } from '#shared/model/app-error.ts'
import { ANY_ORIGIN, DEFAULT_ANSWER, DEFAULT_BODY_LIMIT_BYTES, type Source } from '#shared/model/source.ts'
import type { Clock, Ids, Random } from '../ports.ts'
import { newIngestKey } from './ingestion/ingest-access.ts'

/** A source with nothing set but what names it. */
export function newSource(
  { ids, random, clock }: { ids: Ids; random: Pick<Random, 'bytes'>; clock: Pick<Clock, 'now'> },
  { projectId, slug, name }: Pick<Source, 'projectId' | 'slug' | 'name'>,
): Source {
  return {
    id: ids.next('src'),
    projectId,
    slug,
    name,
    provider: null,
    answer: DEFAULT_ANSWER,
    publicUrl: null,
    duplicates: 'keep',
    bodyLimitBytes: DEFAULT_BODY_LIMIT_BYTES,
    ingestKey: newIngestKey(random),
    allowedOrigins: [ANY_ORIGIN],
    createdAt: clock.now(),
  }
}

export function slugTaken(slug: string): AppError {
  return new AppError('slug_taken', `A source “${slug}” exists already.`, {
    field: 'slug',
    hint: 'Slugs are unique in the whole installation, over all projects: choose another.',
  })
}
