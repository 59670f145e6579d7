import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { describeError } from '../../platform/api/refusal.ts'
import { Button } from '../controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from './dialog.tsx'
import { useHidesItself } from './use-hides-itself.ts'

/** How long what is revealed stands on the screen. */
const SHOWN_S = 60

/** Says that it is the one time, shows what is asked for, and hides it by itself. */
export function OneTimeReveal<T>({
  title,
  question,
  confirm,
  wide = false,
  reveal,
  children,
  onEnd,
  onClose,
}: {
  title: string
  /** What is shown, and what that is put on record of. */
  question: ReactNode
  confirm: string
  wide?: boolean
  reveal: () => Promise<T>
  /** What was revealed, with how it hides itself: `It hides itself in 12 s …`. */
  children: (revealed: T, hides: string) => ReactNode
  /** Once it was tried and the dialog is gone: what is known of it changed. */
  onEnd: () => void
  onClose: () => void
}) {
  const [revealed, setRevealed] = useState<{ value: T } | null>(null)
  const wasTried = useRef(false)
  const end = useEffectEvent(() => wasTried.current && onEnd())
  useEffect(() => () => void end(), [])
  // Not by the cache of answers: what holds secrets is held by this dialog alone.
  const asking = useMutation({
    gcTime: 0,
    mutationFn: async () => {
      wasTried.current = true
      setRevealed({ value: await reveal() })
    },
  })
  if (revealed !== null) {
    return (
      <Shown wide={wide} onClose={onClose}>
        {(hides) => children(revealed.value, hides)}
      </Shown>
    )
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogBody>
        {question}
        {asking.error !== null && (
          <p role="alert" className="text-fail">
            {describeError(asking.error)}
          </p>
        )}
      </DialogBody>
      <DialogActions>
        <Button data-first onClick={onClose}>
          Cancel
        </Button>
        <Button look="danger" disabled={asking.isPending || asking.isError} onClick={() => asking.mutate()}>
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Shown({
  wide,
  onClose,
  children,
}: {
  wide: boolean
  onClose: () => void
  children: (hides: string) => ReactNode
}) {
  const left = useHidesItself(SHOWN_S, onClose)
  return (
    <Dialog title="Shown this one time" isHeld wide={wide} onClose={onClose}>
      {children(`It hides itself in ${left} s and is not shown again.`)}
      <DialogActions>
        <Button data-first look="primary" onClick={onClose}>
          Hide it
        </Button>
      </DialogActions>
    </Dialog>
  )
}
