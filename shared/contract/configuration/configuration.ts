import { z } from 'zod'
import { ConfigurationProblem, PlannedChange } from '../../model/configuration/plan.ts'
import { VariableName } from '../../model/configuration/secret-reference.ts'
import { changes, InProject, reads } from '../base.ts'

const tags = ['Configuration']

const Sections = z.record(z.string(), z.json())

const wanted = {
  ...InProject.shape,
  configuration: Sections.describe(
    'As `GET /configuration` gives it. What an entry leaves out has its default, but for secrets and for whether an endpoint is enabled.',
  ),
  values: z
    .record(VariableName, z.string().max(20_000))
    .default({})
    .describe('What each variable holds that the configuration names as `{"env": "NAME"}`: sealed, and never shown.'),
  prune: z
    .boolean()
    .default(false)
    .describe('Remove what a section does not name. Sections that are left out stay as they are.'),
}

export const PlanView = z.object({
  problems: z.array(ConfigurationProblem).readonly().describe('Why it cannot be applied, all of it.'),
  changes: z.array(PlannedChange).readonly().describe('What applying it does; nothing where it is so already.'),
  fingerprint: z.string().describe('Give it to `apply`, so that it does just this or nothing.'),
})
export type PlanView = z.infer<typeof PlanView>

export const AppliedView = z.object({
  changes: z.array(z.object({ ...PlannedChange.shape, id: z.string() })).readonly(),
  fingerprint: z.string(),
  created: z.number(),
  changed: z.number(),
  removed: z.number(),
})
export type AppliedView = z.infer<typeof AppliedView>

export const configuration = {
  export: reads('configuration:read', ['ambiguous_name'])
    .route({
      method: 'GET',
      path: '/configuration',
      summary: 'Export the configuration of a project',
      description:
        'Its own providers and event types, its sources, endpoints and workflows, by name: what differs from the defaults. It holds no secret, and the ids of nothing.',
      tags,
    })
    .input(InProject)
    .output(
      z.object({
        configuration: Sections,
        warnings: z
          .array(z.object({ path: z.array(z.string()).readonly(), message: z.string() }))
          .readonly()
          .describe('Where a credential seems to stand in clear.'),
      }),
    ),
  plan: reads('configuration:write', ['vault_locked'])
    .route({
      method: 'POST',
      path: '/configuration/plan',
      summary: 'Show what applying a configuration would do',
      description:
        'Nothing is stored. It asks for the scope to apply, since it tells whether a given value is the secret that is stored. With workflows that send to URLs it also asks for `deliveries:anywhere`.',
      tags,
    })
    .input(z.strictObject(wanted))
    .output(PlanView),
  apply: changes('configuration:write', 'configuration.apply', [
    'invalid_configuration',
    'plan_outdated',
    'vault_locked',
  ])
    .route({
      method: 'POST',
      path: '/configuration/apply',
      summary: 'Bring a project to a configuration',
      description:
        'All of it or nothing, in one step. The audit log names the call and each thing that it changed. Applied again, it changes nothing. With workflows that send to URLs it also asks for `deliveries:anywhere`.',
      tags,
    })
    .input(
      z.strictObject({
        ...wanted,
        fingerprint: z.string().max(100).optional().describe('Of the plan that is meant: another one is refused.'),
      }),
    )
    .output(AppliedView),
}
