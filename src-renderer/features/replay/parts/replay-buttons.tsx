import { useState } from 'react'
import type { ReplayView } from '#shared/contract/replays.ts'
import { useMay } from '../../../platform/api/caller.ts'
import { ActionButton } from '../../../ui/controls/action-button.tsx'
import { useReplayActions } from '../use-replay-actions.ts'
import { isOpen } from '../words/replay-words.ts'
import { CancelReplay } from './cancel-replay.tsx'

/** Pause, go on and cancel; once all is handed on, only cancel is left. */
export function ReplayButtons({ replay }: { replay: ReplayView }) {
  const { isBusy, pause, resume, cancel } = useReplayActions(replay.id)
  const [isAsking, setAsking] = useState(false)
  const may = useMay('deliveries:write')
  if (!isOpen(replay)) return null
  const blocked = may ? (isBusy ? 'One moment' : null) : 'This key may not: it lacks deliveries:write'
  return (
    <>
      {replay.state === 'paused' ? (
        <ActionButton action="replay.resume" look="primary" blocked={blocked} onAct={resume}>
          Go on
        </ActionButton>
      ) : (
        !replay.isHandedOn && (
          <ActionButton action="replay.pause" blocked={blocked} onAct={pause}>
            Pause
          </ActionButton>
        )
      )}
      <ActionButton action="replay.cancel" look="danger" blocked={blocked} onAct={() => setAsking(true)}>
        Cancel…
      </ActionButton>
      {isAsking && (
        <CancelReplay
          replay={replay}
          isBusy={isBusy}
          onConfirm={() => {
            cancel()
            setAsking(false)
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
