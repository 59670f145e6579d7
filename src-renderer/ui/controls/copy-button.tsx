import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { copyText } from '../../platform/browser/copy.ts'
import { showError } from '../feedback/toast.tsx'
import { Button, IconButton } from './button.tsx'

/** Copies and says so on its own face for a moment. `label` says what is copied. */
export function CopyButton({
  text,
  label,
  iconOnly = false,
  children = 'Copy',
}: {
  text: string
  label: string
  iconOnly?: boolean
  children?: ReactNode
}) {
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (!isDone) return
    const timer = setTimeout(() => setDone(false), 1_400)
    return () => clearTimeout(timer)
  }, [isDone])
  const copy = async (): Promise<void> => {
    if (await copyText(text)) setDone(true)
    else showError('The browser did not let us copy. Select the text and copy it by hand.')
  }
  if (iconOnly) {
    return (
      <IconButton label={label} onClick={() => void copy()}>
        {isDone ? <Check size={13} className="text-ok" /> : <Copy size={13} />}
      </IconButton>
    )
  }
  return (
    <Button aria-label={label} onClick={() => void copy()}>
      {isDone ? 'Copied' : children}
    </Button>
  )
}
