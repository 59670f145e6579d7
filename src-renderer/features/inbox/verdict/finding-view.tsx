import { CircleCheck, CircleHelp } from 'lucide-react'
import type { Difference, Finding } from '#shared/model/diagnosis.ts'
import type { Look } from '../../../ui/delivery/delivery-words.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'

const LOOKS: Record<Finding['certainty'], Look> = {
  proven: { word: 'proven', icon: CircleCheck, tone: 'text-ok' },
  likely: { word: 'likely', icon: CircleHelp, tone: 'text-retry' },
}

/** One cause, in words, with the fix, and what differs where that can be shown. */
export function FindingView({ finding }: { finding: Finding }) {
  const { certainty, title, explanation, fix, difference } = finding
  return (
    <li className={`border-l-2 pl-2.5 ${certainty === 'proven' ? 'border-ok' : 'border-retry'}`}>
      <p className="flex flex-wrap items-center gap-x-2.5">
        <StateMark look={LOOKS[certainty]} className="text-small" />
        <b className="font-semibold">{title}</b>
      </p>
      <p className="mt-0.5">{explanation}</p>
      {difference && <DifferenceView difference={difference} />}
      <p className="mt-1">
        <b className="font-medium">Fix:</b> {fix}
      </p>
    </li>
  )
}

function DifferenceView({ difference: { of, received, signed, offset } }: { difference: Difference }) {
  const shared = sharedLength(received, signed)
  return (
    <figure className="mt-1.5">
      <figcaption className="text-small text-muted">
        {of === 'body' ? `The bodies part at byte ${offset}:` : 'The URLs part here:'}
      </figcaption>
      <dl className="mono grid grid-cols-[auto_1fr] gap-x-2.5 rounded-md border border-line bg-panel px-2.5 py-1.5">
        <Line name="came" text={received} shared={shared} tone="bg-fail/15" />
        <Line name="signed" text={signed} shared={shared} tone="bg-ok/15" />
      </dl>
    </figure>
  )
}

function Line({ name, text, shared, tone }: { name: string; text: string; shared: number; tone: string }) {
  const rest = text.slice(shared)
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="break-all whitespace-pre-wrap">
        {text.slice(0, shared)}
        <mark className={`text-text ${tone}`}>{rest === '' ? '(nothing)' : rest}</mark>
      </dd>
    </>
  )
}

function sharedLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return length
}
