import { AppError } from '#shared/model/app-error.ts'
import type { Caller } from '../../engine/engine.ts'

/** Throws `AppError` `forbidden` for a caller who sees one project only: this belongs to the installation. */
export function requireWhole({ projectId }: Pick<Caller, 'projectId'>): void {
  if (projectId === null) return
  throw new AppError('forbidden', 'This key belongs to one project; this is about all of them.', {
    hint: 'Use a key for all projects.',
  })
}
