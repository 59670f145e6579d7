import { z } from 'zod'
import { ActiveEndpointLimit, Project, Slug, TimeScale } from '../model/project.ts'
import { callbackFields, callbackShape } from './seeds/callbacks.ts'
import { ById, changes, Instant, pageOf, reads } from './base.ts'

export const ProjectView = z.object({
  ...Project.shape,
  ...callbackShape,
  callback: z
    .object({ level: z.enum(['project', 'account']), url: z.string(), endpointId: z.string() })
    .nullable()
    .describe('Where its callbacks go, by its own setting or else the account’s, and the endpoint that sends them.'),
  createdAt: Instant,
})
export type ProjectView = z.infer<typeof ProjectView>

const name = z.string().trim().min(1).max(100)

export const projects = {
  list: reads('projects:read')
    .route({ method: 'GET', path: '/projects', summary: 'List projects', tags: ['Projects'] })
    .output(pageOf(ProjectView)),
  create: changes('projects:write', 'project.create', ['slug_taken', 'vault_locked'], 'installation')
    .route({ method: 'POST', path: '/projects', summary: 'Create a project', tags: ['Projects'], successStatus: 201 })
    .input(z.strictObject({ name, slug: Slug }))
    .output(ProjectView),
  update: changes('projects:write', 'project.update', ['vault_locked'])
    .route({
      method: 'PATCH',
      path: '/projects/{id}',
      summary: 'Change a project',
      description: 'A new `timeScale` also applies to what is left of waits that are already running.',
      tags: ['Projects'],
    })
    .input(
      z.strictObject({
        id: z.string(),
        name: name.optional(),
        timeScale: TimeScale.optional(),
        activeEndpointLimit: ActiveEndpointLimit.optional().describe(
          'How many endpoints may be active at one time, under each policy that has such a limit.',
        ),
        notificationUrl: z
          .string()
          .max(2_048)
          .nullable()
          .optional()
          .describe('Where `callback-failed` is sent when a callback fails for good.'),
        secretMaxAgeDays: Project.shape.secretMaxAgeDays.optional(),
        ...callbackFields,
      }),
    )
    .output(ProjectView),
  delete: changes('projects:write', 'project.delete')
    .route({
      method: 'DELETE',
      path: '/projects/{id}',
      summary: 'Delete a project',
      description: 'With all that is in it. It is gone at once; what it takes on the disk is given back step by step.',
      tags: ['Projects'],
    })
    .input(z.object({ ...ById.shape, confirm: z.string().default('').describe('Its slug, to mean it.') }))
    .output(ById),
}
