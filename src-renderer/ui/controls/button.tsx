import type { ComponentProps } from 'react'

type Look = 'plain' | 'primary' | 'danger' | 'ghost'

const LOOKS: Record<Look, string> = {
  plain: 'border-line bg-raise text-text hover:border-faint',
  primary: 'border-accent bg-accent text-on-accent font-semibold hover:brightness-110',
  danger: 'border-fail/50 bg-transparent text-fail hover:bg-fail/10',
  ghost: 'border-transparent bg-transparent text-muted hover:bg-raise hover:text-text',
}

export function Button({ look = 'plain', className = '', ...rest }: ComponentProps<'button'> & { look?: Look }) {
  return (
    <button
      type="button"
      className={`inline-flex h-6 shrink-0 items-center gap-1.5 rounded border px-2 text-small whitespace-nowrap disabled:opacity-50 ${LOOKS[look]} ${className}`}
      {...rest}
    />
  )
}

/** A button that is only a picture; `label` is its name. */
export function IconButton({ label, className = '', ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-raise hover:text-text disabled:opacity-50 ${className}`}
      {...rest}
    />
  )
}
