import { Plus } from 'lucide-react'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { CodeLine } from '../../ui/feedback/code-line.tsx'
import { EmptyState } from '../../ui/feedback/states.tsx'
import { defineCommand } from './ci/snippets.ts'

export function EmptyWorkflows({ onCreate }: { onCreate: () => void }) {
  const { project } = useSession()
  return (
    <EmptyState title="No workflow in this project">
      <p className="text-muted">
        A workflow sends chosen events to many targets and tells whether all of them took them: each target is one unit
        of the run. Start it by hand, by a schedule, or from CI before a release.
      </p>
      <Button look="primary" className="self-start" onClick={onCreate}>
        <Plus size={13} /> Create a workflow
      </Button>
      <p className="text-muted">Or define one from a script, as often as you like:</p>
      <CodeLine text={defineCommand(location.origin, project)} label="Copy the command" />
    </EmptyState>
  )
}
