import { type ReactNode, useState } from 'react'
import { Choice } from '../../ui/controls/choice.tsx'
import { Bar } from '../../ui/layout/bar.tsx'
import { ChartSpecimens } from './specimens/charts.tsx'
import { ControlSpecimens } from './specimens/controls.tsx'
import { DeliverySpecimens } from './specimens/deliveries.tsx'
import { FeedbackSpecimens } from './specimens/feedback.tsx'
import { FieldSpecimens } from './specimens/fields.tsx'
import { LayoutSpecimens } from './specimens/layouts.tsx'
import { MessageSpecimens } from './specimens/messages.tsx'
import { PayloadSpecimens } from './specimens/payloads.tsx'

const PARTS = ['Controls', 'Fields', 'Feedback', 'Layout', 'Messages', 'Deliveries', 'Payloads', 'Charts'] as const
type Part = (typeof PARTS)[number]

/** For who works on the window: every component of `ui`, in both themes beside each other. */
export function DevScreen() {
  const [part, setPart] = useState<Part>('Controls')
  return (
    <>
      <Bar label="Components">
        <span className="text-muted">Every component of the window, in both themes</span>
        <Choice
          label="Part"
          value={part}
          options={PARTS.map((value) => ({ value, label: value }))}
          onChange={setPart}
        />
      </Bar>
      <div tabIndex={0} role="region" aria-label="Components" className="grid min-h-0 grow grid-cols-2 overflow-y-auto">
        <Theme name="Light">{specimensOf(part, 'light')}</Theme>
        <Theme name="Dark">{specimensOf(part, 'dark')}</Theme>
      </div>
    </>
  )
}

function Theme({ name, children }: { name: 'Light' | 'Dark'; children: ReactNode }) {
  return (
    <section
      aria-label={name}
      className="flex min-w-0 flex-col gap-5 bg-bg p-4 text-text"
      data-theme={name.toLowerCase()}
    >
      <h2 className="font-semibold">{name}</h2>
      {children}
    </section>
  )
}

function specimensOf(part: Part, id: string): ReactNode {
  switch (part) {
    case 'Controls':
      return <ControlSpecimens />
    case 'Fields':
      return <FieldSpecimens id={id} />
    case 'Feedback':
      return <FeedbackSpecimens />
    case 'Layout':
      return <LayoutSpecimens />
    case 'Messages':
      return <MessageSpecimens />
    case 'Deliveries':
      return <DeliverySpecimens />
    case 'Payloads':
      return <PayloadSpecimens />
    case 'Charts':
      return <ChartSpecimens />
    default:
      return part satisfies never
  }
}
