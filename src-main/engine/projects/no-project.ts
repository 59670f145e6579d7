import { AppError } from '#shared/model/app-error.ts'

/** The same for a project that is not there and for one that the caller may not see. */
export function noProject(ref: string): AppError {
  return new AppError('not_found', `There is no project “${ref}”.`, {
    field: 'project',
    hint: 'GET /api/v1/projects lists them.',
  })
}
