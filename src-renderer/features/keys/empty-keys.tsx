import { Plus } from 'lucide-react'
import { Button } from '../../ui/controls/button.tsx'
import { CodeLine } from '../../ui/feedback/code-line.tsx'
import { EmptyState } from '../../ui/feedback/states.tsx'

export function EmptyKeys({ onCreate }: { onCreate: () => void }) {
  // A desktop's page does not come from where the API is.
  const command = location.protocol.startsWith('http')
    ? `curl -H 'Authorization: Bearer hlk_…' ${location.origin}/api/v1/events`
    : 'hookloop events --token hlk_…'
  return (
    <EmptyState title="No key yet">
      <p className="text-muted">
        This window has a token that may do everything and lasts until the next start. A script, a CI job or a colleague
        gets a key instead: it may do what you tick and nothing else, it can end by itself, and you can revoke it
        without touching anything else.
      </p>
      <CodeLine text={command} label="Copy the command" />
      <Button look="primary" className="self-start" onClick={onCreate}>
        <Plus size={13} /> Make a key
      </Button>
    </EmptyState>
  )
}
