import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ProjectView } from '#shared/contract/projects.ts'
import { useSession } from '../../../platform/api/session.ts'
import { TextField } from '../../../ui/controls/field.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { CallbackForm } from './callback-form.tsx'

/** The callback of the project that is shown, and where its failures are told. */
export function ProjectCallbackSection() {
  const { api, queries, project: shown } = useSession()
  const list = useQuery(api.projects.list.queryOptions())
  const save = useMutation(
    api.projects.update.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: api.projects.key() }),
    }),
  )
  if (list.isPending) return <SkeletonRows rows={5} />
  const project = list.data?.items.find(({ slug, id }) => slug === shown || id === shown)
  if (project === undefined) {
    return <ErrorState title="The project could not be read" error={list.error} onRetry={() => void list.refetch()} />
  }
  return (
    <>
      <p className="text-muted">
        Where the platform behind this project is called back about crawls and report downloads: a form post, tried
        once.
      </p>
      <InEffect project={project} />
      <CallbackForm
        key={JSON.stringify(project)}
        stored={project}
        urlHelp="Empty for the account’s callback. URL and headers go together: the account’s headers never go here."
        error={save.error}
        isSaving={save.isPending}
        onSave={(change) => save.mutate({ id: project.id, ...change })}
      >
        {(draft, change, error) => (
          <TextField
            label="Notification URL"
            mono
            placeholder="https://app.example/lumar/failed"
            help="Is sent one event callback-failed when a callback fails for good. Empty for nowhere."
            value={draft.notificationUrl}
            error={error}
            onChange={(event) => change({ notificationUrl: event.target.value })}
          />
        )}
      </CallbackForm>
    </>
  )
}

function InEffect({ project: { callback } }: { project: ProjectView }) {
  if (callback === null) return <p>No callback is set: nothing is posted.</p>
  return (
    <p>
      In effect now: the {callback.level === 'account' ? 'account’s' : 'project’s own'} callback, by{' '}
      <Link
        to="/endpoints/$endpointId"
        params={{ endpointId: callback.endpointId }}
        className="text-accent underline underline-offset-2"
      >
        its endpoint
      </Link>{' '}
      to <code className="break-all">{callback.url}</code>
    </p>
  )
}
