import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SnippetLanguage } from '#shared/model/snippet.ts'
import { useApi } from '../../platform/api/session.ts'
import { recall, remember } from '../../platform/browser/remembered.ts'
import { CopyButton } from '../controls/copy-button.tsx'
import { ErrorState, SkeletonRows } from '../feedback/states.tsx'
import { TextView } from '../payload/text/text-view.tsx'

const LANGUAGES: Readonly<Record<SnippetLanguage, string>> = {
  node: 'Node',
  python: 'Python',
  go: 'Go',
  ruby: 'Ruby',
  php: 'PHP',
}
const REMEMBERED = 'code.language'

/** Code that verifies the provider's requests, in the language that the reader chose last. */
export function VerificationCode({ id, name }: { id: string; name: string }) {
  const { data, error, refetch } = useQuery(useApi().signing.snippets.queryOptions({ input: { id } }))
  const [chosen, setChosen] = useState(recall(REMEMBERED))
  if (error !== null && data === undefined)
    return <ErrorState title="The code could not be written" error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <SkeletonRows rows={3} />
  const shown = data.items.find(({ language }) => language === chosen) ?? data.items[0]
  if (shown === undefined) {
    return (
      <p className="px-4 py-3 text-muted">
        There is no code for the way in which {name} signs. What it signs, and where the signature stands, is under
        Signing.
      </p>
    )
  }
  return (
    <>
      <div className="flex shrink-0 items-center gap-2 px-4 py-2">
        <select
          aria-label="Language"
          className="h-6 rounded border border-line bg-bg px-1.5 hover:border-faint"
          value={shown.language}
          onChange={(event) => {
            setChosen(event.target.value)
            remember(REMEMBERED, event.target.value)
          }}
        >
          {data.items.map(({ language }) => (
            <option key={language} value={language}>
              {LANGUAGES[language]}
            </option>
          ))}
        </select>
        <span className="mono grow truncate text-muted">{shown.fileName}</span>
        <CopyButton text={shown.code} label="Copy the code" />
      </div>
      <TextView key={shown.language} label="Verification code" text={shown.code} />
    </>
  )
}
