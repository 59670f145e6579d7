import { AppError } from '#shared/model/app-error.ts'
import type { ApiContext } from '../api-context.ts'

/** For what is about every project at once. Throws `AppError` `forbidden` where the caller may see one alone. */
export function requireWholeInstallation({ actor }: Pick<ApiContext, 'actor'>): void {
  if (actor.projectId === null) return
  throw new AppError('forbidden', 'This is about the whole installation, and your key is for one project.', {
    hint: 'Use a key that is for all projects.',
  })
}
