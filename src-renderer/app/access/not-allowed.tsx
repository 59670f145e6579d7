import type { Scope } from '#shared/model/scope.ts'
import { useCaller } from '../../platform/api/caller.ts'
import { EmptyState } from '../../ui/feedback/states.tsx'

/** In the place of a screen that the key of this window may not see. */
export function NotAllowed({ scope }: { scope: Scope }) {
  const caller = useCaller()
  return (
    <EmptyState title="This key may not see that">
      <p className="text-muted">
        The window is signed in with a key that lacks the scope <span className="mono text-text">{scope}</span>. Ask
        whoever made it for one that has it, or sign out and open the address that Hookloop printed.
      </p>
      {caller !== undefined && (
        <p className="text-muted">
          It may do: <span className="mono text-text">{caller.scopes.join(', ')}</span>
        </p>
      )}
    </EmptyState>
  )
}
