import type { WorkflowView } from '#shared/contract/workflows/workflows.ts'
import { useSession } from '../../../platform/api/session.ts'
import { CopyButton } from '../../../ui/controls/copy-button.tsx'
import { CodeLine } from '../../../ui/feedback/code-line.tsx'
import { actionsJob, cliCommand, startCommand } from './snippets.ts'

/** What a script or a CI job needs to start this workflow and to wait for its end. */
export function CiTab({ workflow: { name } }: { workflow: WorkflowView }) {
  const { project } = useSession()
  const job = actionsJob(location.origin, project, name)
  return (
    <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
      <p className="text-muted">
        Use an API key with the scope <span className="mono">workflows:run</span>, and{' '}
        <span className="mono">workflows:read</span> to wait for the end.
      </p>
      <section aria-label="Start a run" className="flex flex-col gap-1.5">
        <h2 className="text-small font-medium">Start a run</h2>
        <CodeLine text={startCommand(location.origin, project, name)} label="Copy the curl command" />
      </section>
      <section aria-label="Run and wait" className="flex flex-col gap-1.5">
        <h2 className="text-small font-medium">Run and wait, on the command line</h2>
        <CodeLine text={cliCommand(project, name)} label="Copy the command" />
      </section>
      <section aria-label="GitHub Actions" className="flex flex-col gap-1.5">
        <div className="flex items-center gap-2">
          <h2 className="grow text-small font-medium">GitHub Actions</h2>
          <CopyButton text={job} label="Copy the job" />
        </div>
        <pre
          tabIndex={0}
          aria-label="Job for GitHub Actions"
          className="mono overflow-x-auto rounded-md border border-line bg-panel px-2.5 py-2"
        >
          {job}
        </pre>
      </section>
    </div>
  )
}
