import { Toggle } from '../../../../ui/controls/toggle.tsx'
import { NumberInput, OptionalSpanInput } from './policy-inputs.tsx'
import { PolicyPart, usePolicyEditing } from './policy-part.tsx'

/** When the endpoint pauses by itself. */
export function PauseFields() {
  const { policy, preset, errorAt, set } = usePolicyEditing()
  const { breaker } = policy
  const usual = preset?.breaker ?? { consecutiveFailures: 20, probeAfterMs: null }
  return (
    <>
      <PolicyPart of="breaker">
        <Toggle
          label="Pause after failures in a row"
          help="What waits is held, and nothing is lost."
          checked={breaker !== null}
          onChange={(isOn) => set({ breaker: isOn ? usual : null })}
        />
        {breaker !== null && (
          <div className="grid grid-cols-2 gap-3">
            <NumberInput
              label="Failures in a row"
              error={errorAt('breaker.consecutiveFailures')}
              value={breaker.consecutiveFailures}
              onChange={(consecutiveFailures) => set({ breaker: { ...breaker, consecutiveFailures } })}
            />
            <OptionalSpanInput
              label="Probe after"
              empty="waits for a person"
              error={errorAt('breaker.probeAfterMs')}
              value={breaker.probeAfterMs}
              onChange={(probeAfterMs) => set({ breaker: { ...breaker, probeAfterMs } })}
            />
          </div>
        )}
      </PolicyPart>
      <PolicyPart of="goneAction">
        <Toggle
          label="410 Gone pauses the endpoint"
          checked={policy.goneAction === 'pause'}
          onChange={(pauses) => set({ goneAction: pauses ? 'pause' : 'none' })}
        />
      </PolicyPart>
    </>
  )
}
