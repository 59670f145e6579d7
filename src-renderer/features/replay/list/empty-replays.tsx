import { LifeBuoy, RotateCw } from 'lucide-react'
import { Button } from '../../../ui/controls/button.tsx'
import { EmptyState } from '../../../ui/feedback/states.tsx'

/** Says what a replay is, and begins one. */
export function EmptyReplays({ onBegin, onRecover }: { onBegin: () => void; onRecover: () => void }) {
  return (
    <EmptyState title="No replay yet">
      <p className="text-muted">
        A replay sends stored events again, oldest first: one, many, all that fit a filter, or all that an endpoint did
        not get. They go to the same endpoints, to others, or to any URL, at a rate that the receiver can bear. What was
        delivered before stays as it is; each replay makes deliveries of its own.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={onBegin}>
          <RotateCw size={13} /> Replay by filter or time…
        </Button>
        <Button onClick={onRecover}>
          <LifeBuoy size={13} /> Recover an outage…
        </Button>
      </div>
      <p className="text-muted">
        For a single event, open it in the Inbox and press <span className="mono">r</span>. Before many are sent, a dry
        run counts them and says what is left out.
      </p>
    </EmptyState>
  )
}
