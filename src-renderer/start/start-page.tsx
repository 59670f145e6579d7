import { CircleAlert } from 'lucide-react'
import type { StartState, StartWish } from '#shared/model/start-state.ts'
import { Button } from '../ui/controls/button.tsx'
import { CodeLine } from '../ui/feedback/code-line.tsx'

/** Stands in a desktop's window until the product runs, and says why where it cannot. */
export function StartPage({ state, wish }: { state: StartState; wish: (wish: StartWish) => void }) {
  return (
    <main className="flex h-full items-center justify-center overflow-y-auto p-6">
      {state.kind === 'starting' ? (
        <p role="status" className="animate-appear text-muted">
          Hookloop is opening its data …
        </p>
      ) : (
        <Failure {...state} wish={wish} />
      )}
    </main>
  )
}

function Failure({
  message,
  detail,
  dataDirectory,
  wish,
}: Extract<StartState, { kind: 'failed' }> & { wish: (wish: StartWish) => void }) {
  return (
    <div className="flex w-full max-w-140 flex-col gap-3">
      <h1 className="flex items-center gap-2 text-title font-semibold">
        <CircleAlert aria-hidden="true" size={16} className="shrink-0 text-fail" />
        Hookloop cannot start
      </h1>
      <div role="alert" className="flex flex-col gap-3">
        <p className="break-words">{message}</p>
        {detail !== '' && <p className="break-words whitespace-pre-wrap text-muted">{detail}</p>}
      </div>
      <p className="text-muted">Senders that call meanwhile get no answer and, as a rule, try again.</p>
      {dataDirectory !== null && (
        <div className="flex flex-col gap-1">
          <span className="text-small text-muted">Its data lies in</span>
          <CodeLine text={dataDirectory} label="Copy the path of the data" />
        </div>
      )}
      <div className="mt-1 flex flex-wrap gap-2">
        <Button look="primary" onClick={() => wish('retry')}>
          Try again
        </Button>
        {dataDirectory !== null && <Button onClick={() => wish('show-data')}>Show the data folder</Button>}
        <Button onClick={() => wish('quit')}>Quit</Button>
      </div>
    </div>
  )
}
