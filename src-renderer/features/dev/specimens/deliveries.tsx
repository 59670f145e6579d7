import { DeliveryState } from '#shared/model/delivery.ts'
import { DeliveryButtons } from '../../../ui/delivery/delivery-buttons.tsx'
import { STATE_LOOKS } from '../../../ui/delivery/delivery-words.ts'
import { Standing } from '../../../ui/delivery/standing.tsx'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { TimeLine } from '../../../ui/delivery/time-line.tsx'
import { TimingsBar, TimingsList } from '../../../ui/delivery/timings.tsx'
import { Why } from '../../../ui/delivery/why.tsx'
import { PolicyForecast } from '../../../ui/policy/policy-forecast.tsx'
import { TryLine } from '../../../ui/policy/try-line.tsx'
import { ATTEMPTS, deliveryOf, FORECAST, POLICY_FORECAST, TIMINGS } from '../samples.ts'
import { Specimen } from '../specimen.tsx'

/** How deliveries stand, and what becomes of them. */
export function DeliverySpecimens() {
  const [first] = ATTEMPTS
  return (
    <>
      <Specimen name="StateMark">
        {DeliveryState.options.map((state) => (
          <StateMark key={state} look={STATE_LOOKS[state]} />
        ))}
      </Specimen>
      <Specimen name="TimeLine">
        <div className="flex w-full flex-col gap-2">
          <TimeLine delivery={deliveryOf('succeeded')} attempts={ATTEMPTS} forecast={[]} />
          <TimeLine delivery={deliveryOf('scheduled')} attempts={ATTEMPTS.slice(0, 1)} forecast={FORECAST} />
        </div>
      </Specimen>
      <Specimen name="TimingsBar, TimingsList">
        <div className="w-full">
          <TimingsBar timings={TIMINGS} />
        </div>
        <TimingsList timings={TIMINGS} />
      </Specimen>
      <Specimen name="Standing, Why, DeliveryButtons">
        <Standing delivery={deliveryOf('failed')} lastAttempt={first} />
        <Why delivery={deliveryOf('failed')} lastAttempt={first} triesLeft={0} />
        <DeliveryButtons delivery={deliveryOf('failed')} />
      </Specimen>
      <Specimen name="TryLine, PolicyForecast">
        <div className="flex w-full flex-col gap-2">
          <TryLine forecast={POLICY_FORECAST} />
          <PolicyForecast policy="crawlux" />
        </div>
      </Specimen>
    </>
  )
}
