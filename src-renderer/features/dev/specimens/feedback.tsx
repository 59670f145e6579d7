import { useState } from 'react'
import { Button } from '../../../ui/controls/button.tsx'
import { CodeLine } from '../../../ui/feedback/code-line.tsx'
import { Confirm, Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'
import { OneTimeReveal } from '../../../ui/feedback/one-time-reveal.tsx'
import { ProgressBar } from '../../../ui/feedback/progress-bar.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { showDone, showError } from '../../../ui/feedback/toast.tsx'
import { RunButtons } from '../../../ui/runs/run-buttons.tsx'
import { RunFigures } from '../../../ui/runs/run-figures.tsx'
import { ShownOnce } from '../../../ui/secrets/shown-once.tsx'
import { Specimen } from '../specimen.tsx'

/** What answers. */
export function FeedbackSpecimens() {
  const [shown, setShown] = useState<'dialog' | 'confirm' | 'once' | 'reveal' | null>(null)
  const close = (): void => setShown(null)
  return (
    <>
      <Specimen name="Dialog, DialogBody, DialogActions, Confirm, ShownOnce, OneTimeReveal, Toasts">
        <Button onClick={() => setShown('dialog')}>Open a dialog</Button>
        <Button onClick={() => setShown('confirm')}>Ask first</Button>
        <Button onClick={() => setShown('once')}>Show a secret</Button>
        <Button onClick={() => setShown('reveal')}>Reveal a secret</Button>
        <Button onClick={() => showDone('Saved.', { label: 'Undo', run: () => {} })}>Say it is done</Button>
        <Button onClick={() => showError(new Error('no'))}>Say it failed</Button>
        {shown === 'dialog' && (
          <Dialog title="A dialog" onClose={close}>
            <DialogBody>What it is about.</DialogBody>
            <DialogActions>
              <Button onClick={close}>Close</Button>
            </DialogActions>
          </Dialog>
        )}
        {shown === 'confirm' && (
          <Confirm title="Delete 3 events?" action="Delete 3 events" isBusy={false} onConfirm={close} onClose={close}>
            They go for good.
          </Confirm>
        )}
        {shown === 'reveal' && (
          <OneTimeReveal
            title="Reveal this?"
            confirm="Reveal once"
            question={<p>It can be revealed one time only.</p>}
            reveal={() => Promise.resolve('made-up')}
            onEnd={() => {}}
            onClose={close}
          >
            {(value, hides) => (
              <DialogBody>
                <CodeLine text={value} label="Copy it" />
                <p className="text-muted">{hides}</p>
              </DialogBody>
            )}
          </OneTimeReveal>
        )}
        {shown === 'once' && (
          <ShownOnce title="A secret" text="made-up" copyLabel="Copy it" note="Shown this once." onStored={close}>
            What it is for.
          </ShownOnce>
        )}
      </Specimen>
      <Specimen name="EmptyState">
        <div className="h-48 w-full border border-line">
          <EmptyState title="Nothing captured yet">
            <p className="text-muted">Send something to see it here.</p>
            <CodeLine text="curl -d hello http://127.0.0.1:4781/in/inbox" label="Copy the line" />
          </EmptyState>
        </div>
      </Specimen>
      <Specimen name="ErrorState, SkeletonRows, CodeLine">
        <div className="w-full border border-line">
          <ErrorState title="The events could not be read" error={new Error('gone')} onRetry={() => {}} />
          <SkeletonRows rows={2} />
        </div>
      </Specimen>
      <Specimen name="ProgressBar, RunFigures, RunButtons">
        <div className="flex w-full flex-col gap-2">
          <ProgressBar label="Replay" value={40} max={100} />
          <RunFigures done={40} total={100} ratePerSecond={20} isRunning />
          <div className="flex gap-2">
            <RunButtons state="running" isBusy={false} onPause={() => {}} onResume={() => {}} onCancel={() => {}} />
          </div>
        </div>
      </Specimen>
    </>
  )
}
