import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ReplayView } from '#shared/contract/replays.ts'
import { formatPace } from '../../../ui/runs/pace.ts'
import { FactList } from '../../../ui/layout/fact-list.tsx'
import { REASON_WORDS } from '../words/reason-words.ts'
import { type NameOf, selectionSentence, signingWords, targetWords } from '../words/replay-words.ts'

/** What somebody asked this replay to do, in plain words. */
export function ReplayAsked({ replay, nameOf }: { replay: ReplayView; nameOf: NameOf }) {
  const { selection, target, ratePerSecond, editedEventId } = replay
  const facts: (readonly [name: string, value: ReactNode])[] = [
    ['Events', selectionSentence(replay, nameOf)],
    ...('filter' in selection && selection.filter !== ''
      ? [
          [
            'Filter',
            <Link
              key="filter"
              to="/inbox"
              search={{ filter: selection.filter }}
              className="mono break-all text-accent underline underline-offset-2"
            >
              {selection.filter}
            </Link>,
          ] as const,
        ]
      : []),
    ...('outage' in selection
      ? [['Standing', selection.outage.reasons.map((reason) => REASON_WORDS[reason].word).join(', ')] as const]
      : []),
    [
      'To',
      <span key="to" className={'url' in target ? 'mono break-all' : ''}>
        {targetWords(replay, nameOf)}
      </span>,
    ],
    ['Signature', signingWords(replay, nameOf)],
    ['Rate', ratePerSecond === null ? 'no limit' : `at most ${formatPace(ratePerSecond)}`],
    ...(editedEventId === null
      ? []
      : [
          [
            'Edited',
            <Link
              key="edited"
              to="/inbox/$eventId"
              params={{ eventId: editedEventId }}
              className="text-accent underline underline-offset-2"
            >
              Show what was sent
            </Link>,
          ] as const,
        ]),
  ]
  return <FactList facts={facts} />
}
