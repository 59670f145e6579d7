import { useId } from 'react'
import type { Scope } from '#shared/model/scope.ts'
import { useCaller } from '../../../platform/api/caller.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { isPreset, PRESETS, SCOPE_GROUPS, SCOPE_WORDS } from '../scope-words.ts'

/** What a key may do, by presets and one by one; what this window may not do itself, it cannot give. */
export function ScopesField({
  scopes,
  error,
  onChange,
}: {
  scopes: readonly Scope[]
  error: string | null
  onChange: (scopes: readonly Scope[]) => void
}) {
  const id = useId()
  const caller = useCaller()
  const canGive = (scope: Scope): boolean => caller === undefined || caller.scopes.includes(scope)
  const toggle = (scope: Scope): void =>
    onChange(scopes.includes(scope) ? scopes.filter((old) => old !== scope) : [...scopes, scope])
  return (
    <fieldset className="flex flex-col gap-2.5" aria-describedby={`${id}-words`}>
      <legend className="mb-1 text-small font-medium">What it may do</legend>
      <div className="flex flex-wrap items-center gap-1.5">
        {PRESETS.map((preset) => (
          <Button
            key={preset.name}
            title={preset.help}
            aria-pressed={isPreset(scopes, preset)}
            className="aria-pressed:border-accent aria-pressed:text-accent"
            onClick={() => onChange(preset.scopes.filter(canGive))}
          >
            {preset.name}
          </Button>
        ))}
        <span id={`${id}-words`} className="text-small text-muted">
          {error === null ? (
            scopes.length === 0 && 'Choose at least one. A key can do what is ticked and nothing else.'
          ) : (
            <span role="alert" className="text-fail">
              {error}
            </span>
          )}
        </span>
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(230px,1fr))] gap-x-5 gap-y-3">
        {SCOPE_GROUPS.map((group) => (
          <div key={group.name} className="flex flex-col gap-1">
            <h3 className="text-small text-muted">{group.name}</h3>
            {group.scopes.map((scope) => (
              <label
                key={scope}
                title={canGive(scope) ? SCOPE_WORDS[scope] : 'You cannot give what you may not do yourself'}
                className={`grid grid-cols-[auto_1fr] items-start gap-x-2 ${canGive(scope) ? '' : 'text-muted'}`}
              >
                <input
                  type="checkbox"
                  className="mt-[3px] accent-accent"
                  checked={scopes.includes(scope)}
                  disabled={!canGive(scope)}
                  onChange={() => toggle(scope)}
                />
                <span className="mono">{scope}</span>
                <span className="col-start-2 text-small text-muted">{SCOPE_WORDS[scope]}</span>
              </label>
            ))}
          </div>
        ))}
      </div>
    </fieldset>
  )
}
