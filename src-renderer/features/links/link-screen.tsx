import { useNavigate, useSearch } from '@tanstack/react-router'
import { Link2 } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { Button } from '../../ui/controls/button.tsx'
import { AddEndpoint } from './add-endpoint.tsx'
import { ReplayEvent } from './replay-event.tsx'
import { ShowThing } from './show-thing.tsx'
import { type DeepLink, readDeepLink } from './deep-link.ts'

const TITLES: Readonly<Record<DeepLink['kind'], string>> = {
  show: 'A link wants to show you something',
  'add-endpoint': 'A link wants to add an endpoint',
  replay: 'A link wants to replay an event',
  import: 'A link wants to import something',
}

/** What a link from outside asks for. It does nothing by itself: a person reads it here, and agrees or does not. */
export function LinkScreen() {
  const { to = '' } = useSearch({ from: '/link' })
  const navigate = useNavigate()
  const { link, problem } = useMemo(() => readDeepLink(to), [to])
  const discard = (): void => void navigate({ to: '/inbox', replace: true })
  useActions({ 'list.close': discard })
  return (
    <div className="flex h-full flex-col items-center overflow-y-auto px-6 py-12">
      {/* Another link is another question, with nothing filled in or underway from the one before. */}
      <section key={to} aria-label="Link" className="flex w-full max-w-140 flex-col gap-4">
        <h1 className="flex items-center gap-2 text-title font-semibold">
          <Link2 aria-hidden="true" size={16} className="shrink-0 text-muted" />
          {link === null ? 'This link cannot be followed' : TITLES[link.kind]}
        </h1>
        <p className="text-muted">
          It was clicked outside of Hookloop: on a page, in a mail or in another program, and Hookloop cannot tell who
          wrote it. Nothing has been done.
        </p>
        {link === null ? (
          <Dismiss onDiscard={discard}>{problem}</Dismiss>
        ) : (
          <Question link={link} onDiscard={discard} />
        )}
        <TheLink text={to} isOpen={link === null} />
      </section>
    </div>
  )
}

function Question({ link, onDiscard }: { link: DeepLink; onDiscard: () => void }) {
  switch (link.kind) {
    case 'show':
      return <ShowThing {...link} onDiscard={onDiscard} />
    case 'add-endpoint':
      return <AddEndpoint {...link} onDiscard={onDiscard} />
    case 'replay':
      return <ReplayEvent {...link} onDiscard={onDiscard} />
    case 'import':
      return (
        <Dismiss onDiscard={onDiscard}>
          Hookloop imports only what you choose yourself: no link can name a file or an address for it.
        </Dismiss>
      )
  }
}

function Dismiss({ children, onDiscard }: { children: ReactNode; onDiscard: () => void }) {
  return (
    <>
      <p role="alert" className="border-l-2 border-held bg-held/9 px-3 py-2">
        {children}
      </p>
      <div>
        <Button onClick={onDiscard}>Discard the link</Button>
      </div>
    </>
  )
}

const SHOWN_CHARACTERS = 600

function TheLink({ text, isOpen }: { text: string; isOpen: boolean }) {
  return (
    <details open={isOpen} className="text-small text-muted">
      <summary className="w-fit cursor-pointer">The link itself</summary>
      <code className="mono mt-1.5 block rounded-md border border-line bg-panel px-2.5 py-1.5 wrap-anywhere whitespace-pre-wrap">
        {text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text}
      </code>
    </details>
  )
}
