import { Button } from '../controls/button.tsx'

/** Pause, go on and cancel of long work that runs or is paused. */
export function RunButtons({
  state,
  isBusy,
  onPause,
  onResume,
  onCancel,
}: {
  state: 'running' | 'paused'
  isBusy: boolean
  onPause: () => void
  onResume: () => void
  onCancel: () => void
}) {
  return (
    <>
      {state === 'running' ? (
        <Button disabled={isBusy} onClick={onPause}>
          Pause
        </Button>
      ) : (
        <Button disabled={isBusy} onClick={onResume}>
          Go on
        </Button>
      )}
      <Button look="ghost" disabled={isBusy} onClick={onCancel}>
        Cancel
      </Button>
    </>
  )
}
