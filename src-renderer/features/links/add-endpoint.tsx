import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigateUnlessLeft } from '../../platform/browser/navigate-unless-left.ts'
import { refusalOf } from '../../platform/api/refusal.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { showDone } from '../../ui/feedback/notices.ts'
import { LinkFacts } from './link-facts.tsx'
import type { DeepLink } from './deep-link.ts'

type Asked = Extract<DeepLink, { kind: 'add-endpoint' }>

/** An endpoint that a link describes: added paused, so that a hasty click sends nothing anywhere. */
export function AddEndpoint({ name, url, eventTypes, policy, onDiscard }: Asked & { onDiscard: () => void }) {
  const { api, project } = useSession()
  const projects = useQuery(api.projects.list.queryOptions()).data?.items ?? []
  const navigate = useNavigateUnlessLeft()
  const create = useMutation(
    api.endpoints.create.mutationOptions({
      onSuccess: ({ id }) => {
        showDone(`Endpoint “${name}” was added, paused. The vault shows its signing secret once.`)
        void navigate({ to: '/endpoints/$endpointId', params: { endpointId: id }, replace: true })
      },
    }),
  )
  const refusal = create.error === null ? null : refusalOf(create.error)
  return (
    <>
      <LinkFacts
        facts={[
          ['Name', name],
          [
            'URL',
            <code key="url" className="mono break-all">
              {url}
            </code>,
          ],
          ['Event types', eventTypes.length === 0 ? 'none yet' : eventTypes.join(', ')],
          ['Policy', policy],
          ['Project', projects.find(({ slug }) => slug === project)?.name ?? project],
        ]}
      />
      <p>
        Once you resume it, what this project captures of these types is sent to <b>{new URL(url).host}</b>. Until then,
        the endpoint stays paused.
      </p>
      {refusal !== null && (
        <p role="alert" className="border-l-2 border-fail bg-fail/9 px-3 py-2">
          {refusal.message} {refusal.hint}
        </p>
      )}
      <div className="flex gap-2">
        <Button
          look="primary"
          disabled={create.isPending}
          onClick={() => create.mutate({ name, url, eventTypes: [...eventTypes], policy, enabled: false })}
        >
          Add it, paused
        </Button>
        <Button onClick={onDiscard}>Discard the link</Button>
      </div>
    </>
  )
}
