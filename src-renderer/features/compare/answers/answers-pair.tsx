import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { AnswerView, AttemptView } from '#shared/contract/deliveries.ts'
import { headerValue } from '#shared/model/header.ts'
import { Tabs } from '../../../ui/controls/tabs.tsx'
import { answerBytes } from '../../../ui/delivery/answer-bytes.ts'
import { BodyDiff } from '../../../ui/diff/body-diff.tsx'
import { PairsDiffView } from '../../../ui/diff/pairs-diff-view.tsx'
import { pairHeaders } from '../../../ui/diff/values/pairs-diff.ts'
import { Note } from '../../../ui/payload/note.tsx'
import { answerPairs } from './answer-pairs.ts'

const TITLES = ['before', 'after'] as const

/** Two attempts beside each other: the bodies and headers of their answers, and how they went. */
export function AnswersPair({ left, right }: { left: AttemptView; right: AttemptView }) {
  const navigate = useNavigate()
  const { tab = 'body' } = useSearch({ from: '/compare/answers' })
  return (
    <Tabs
      label="Comparison of answers"
      value={tab}
      onChange={(next) => void navigate({ to: '.', search: (old) => ({ ...old, tab: next }), replace: true })}
      tabs={[
        { id: 'body', label: 'Body', content: () => <Bodies left={left} right={right} /> },
        {
          id: 'headers',
          label: 'Headers',
          content: () => (
            <PairsDiffView
              label="Headers of the answers"
              pairs={pairHeaders(left.response?.headers ?? [], right.response?.headers ?? [])}
              titles={TITLES}
            />
          ),
        },
        {
          id: 'sent',
          label: 'Sent headers',
          content: () => (
            <PairsDiffView
              label="Headers of the requests"
              pairs={pairHeaders(left.request?.headers ?? [], right.request?.headers ?? [])}
              titles={TITLES}
            />
          ),
        },
        {
          id: 'timing',
          label: 'Status and timings',
          content: () => <PairsDiffView label="Attempts" pairs={answerPairs(left, right)} titles={TITLES} />,
        },
      ]}
    />
  )
}

function Bodies({ left, right }: { left: AttemptView; right: AttemptView }) {
  const one = useBody(left.response)
  const other = useBody(right.response)
  const answers = [left.response, right.response].filter((answer) => answer !== null)
  if (answers.length === 0) return <p className="px-4 py-3 text-muted">Neither was answered.</p>
  return (
    <>
      {left.response === null && <Note>{`Before, no answer came: ${left.failure?.title ?? 'it was not sent'}`}</Note>}
      {right.response === null && <Note>{`Now no answer came: ${right.failure?.title ?? 'it was not sent'}`}</Note>}
      {answers.some(({ raw }) => raw !== null) && <Note>Secrets that a receiver sent back are masked here.</Note>}
      {answers.some(({ truncated }) => truncated) && (
        <Note>An answer was longer than what is kept: only its start is compared.</Note>
      )}
      <BodyDiff left={one} right={other} titles={TITLES} />
    </>
  )
}

function useBody(answer: AnswerView | null): { bytes: Uint8Array; contentType: string | null } {
  return useMemo(
    () =>
      answer === null
        ? { bytes: new Uint8Array(), contentType: null }
        : { bytes: answerBytes(answer), contentType: headerValue(answer.headers, 'content-type') },
    [answer],
  )
}
