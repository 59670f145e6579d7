import { Plus } from 'lucide-react'
import { Button } from '../../ui/controls/button.tsx'
import { EmptyState } from '../../ui/feedback/states.tsx'

export function EmptyEndpoints({ onCreate }: { onCreate: () => void }) {
  return (
    <EmptyState title="No endpoint yet">
      <p className="text-muted">
        An endpoint is where events go: a URL, the event types that it wants, and a policy that says how long to wait
        and how often to try. Your own machine is fine:{' '}
        <span className="mono text-text">http://localhost:3000/webhooks</span>.
      </p>
      <p className="text-muted">
        What is sent is signed with a secret that you see once, when the endpoint is created. An event that comes before
        its endpoint is not lost: replay it from the Inbox.
      </p>
      <Button look="primary" className="self-start" onClick={onCreate}>
        <Plus size={13} /> Create an endpoint
      </Button>
    </EmptyState>
  )
}
