import { useMutation, useQuery } from '@tanstack/react-query'
import { useSession } from '../../../platform/api/session.ts'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { CallbackForm } from './callback-form.tsx'

/** The callback of every project that has none of its own. */
export function AccountCallbackSection() {
  const { api, queries } = useSession()
  const account = useQuery(api.account.get.queryOptions())
  const save = useMutation(
    api.account.update.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.account.key() })
        void queries.invalidateQueries({ queryKey: api.projects.key() })
      },
    }),
  )
  if (account.isPending) return <SkeletonRows rows={4} />
  if (account.data === undefined) {
    return (
      <ErrorState title="The account could not be read" error={account.error} onRetry={() => void account.refetch()} />
    )
  }
  return (
    <>
      <p className="text-muted">
        Where events of crawls and report downloads are posted, for every project that has no callback of its own. Each
        such project keeps an endpoint for it.
      </p>
      <CallbackForm
        key={JSON.stringify(account.data)}
        stored={account.data}
        urlHelp="Empty for none. These headers never go to the URL of a project."
        error={save.error}
        isSaving={save.isPending}
        onSave={({ apiCallbackUrl, apiCallbackHeaders }) => save.mutate({ apiCallbackUrl, apiCallbackHeaders })}
      />
    </>
  )
}
