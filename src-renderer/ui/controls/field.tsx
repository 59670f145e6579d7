import { type ComponentProps, type ReactNode, useId } from 'react'

const BOX =
  'w-full rounded border border-line bg-bg px-2 text-text hover:border-faint aria-invalid:border-fail disabled:opacity-60'

export interface FieldProps {
  label: string
  /** What it does, in one sentence. */
  help?: ReactNode
  error?: string | null
}

/** A labelled control; help and error are read out with it. */
export function Field({
  label,
  help,
  error,
  children,
}: FieldProps & {
  children: (attributes: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode
}) {
  const id = useId()
  const hasError = error !== undefined && error !== null
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-small font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-words`, 'aria-invalid': hasError })}
      <div id={`${id}-words`} className="flex flex-col gap-0.5 text-small text-muted empty:hidden">
        {hasError && (
          <p role="alert" className="text-fail">
            {error}
          </p>
        )}
        {help !== undefined && <div>{help}</div>}
      </div>
    </div>
  )
}

export function TextField({
  label,
  help,
  error,
  mono = false,
  ...rest
}: FieldProps & ComponentProps<'input'> & { mono?: boolean }) {
  return (
    <Field label={label} help={help} error={error}>
      {(attributes) => (
        <input
          spellCheck={false}
          autoComplete="off"
          className={`h-7 ${BOX} ${mono ? 'mono' : ''}`}
          {...attributes}
          {...rest}
        />
      )}
    </Field>
  )
}

export function TextAreaField({ label, help, error, ...rest }: FieldProps & ComponentProps<'textarea'>) {
  return (
    <Field label={label} help={help} error={error}>
      {(attributes) => (
        <textarea spellCheck={false} rows={4} className={`mono py-1 leading-[18px] ${BOX}`} {...attributes} {...rest} />
      )}
    </Field>
  )
}

export function SelectField({ label, help, error, children, ...rest }: FieldProps & ComponentProps<'select'>) {
  return (
    <Field label={label} help={help} error={error}>
      {(attributes) => (
        <select className={`h-7 ${BOX}`} {...attributes} {...rest}>
          {children}
        </select>
      )}
    </Field>
  )
}
