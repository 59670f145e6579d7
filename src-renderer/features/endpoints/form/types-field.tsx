import { X } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { Button } from '../../../ui/controls/button.tsx'

/** The event types that an endpoint selects: typed, pasted, or taken from what the providers send. */
export function TypesField({
  types,
  known,
  error,
  onChange,
}: {
  types: readonly string[]
  known: readonly string[]
  error: string | null
  onChange: (types: readonly string[]) => void
}) {
  const id = useId()
  const [text, setText] = useState('')
  const add = (value: string): void => {
    const more = value.split(/[\s,]+/).filter((type) => type !== '' && !types.includes(type))
    setText('')
    if (more.length > 0) onChange([...types, ...new Set(more)])
  }
  const onKey = (event: KeyboardEvent): void => {
    if ((event.key === 'Enter' || event.key === ',') && text !== '') {
      event.preventDefault()
      add(text)
    }
    if (event.key === 'Backspace' && text === '') onChange(types.slice(0, -1))
  }
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-small font-medium">
        Event types
      </label>
      <div
        className={`mono flex min-h-7 flex-wrap items-center gap-1 rounded border bg-bg px-1 py-0.5 focus-within:outline-2 focus-within:outline-accent ${error === null ? 'border-line' : 'border-fail'}`}
      >
        {types.map((type) => (
          <span key={type} className="flex items-center gap-1 rounded bg-accent-soft pr-1 pl-1.5 text-accent">
            {type}
            <button
              type="button"
              aria-label={`Remove ${type}`}
              onClick={() => onChange(types.filter((old) => old !== type))}
            >
              <X size={12} />
            </button>
          </span>
        ))}
        <input
          id={id}
          aria-describedby={`${id}-words`}
          aria-invalid={error !== null}
          list={`${id}-known`}
          spellCheck={false}
          autoComplete="off"
          placeholder={types.length === 0 ? 'audit.completed, audit.*, or *' : ''}
          className="h-5 min-w-24 grow bg-transparent px-1 outline-none"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKey}
          onBlur={() => text !== '' && add(text)}
        />
        <datalist id={`${id}-known`}>
          {known.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
      </div>
      <div id={`${id}-words`} className="flex flex-col gap-1 text-small text-muted">
        {error !== null && (
          <p role="alert" className="text-fail">
            {error}
          </p>
        )}
        {types.length === 0 ? (
          <p className="text-retry">It selects nothing yet, so nothing will be sent to it.</p>
        ) : (
          <p>
            <span className="mono">audit.*</span> also takes deeper levels; <span className="mono">*</span> takes
            everything, also what names no type.
          </p>
        )}
        {!types.includes('*') && (
          <Button className="self-start" onClick={() => onChange(['*'])}>
            Select everything
          </Button>
        )}
      </div>
    </div>
  )
}
