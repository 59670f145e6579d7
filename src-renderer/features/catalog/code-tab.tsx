import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { SnippetLanguage } from '#shared/model/snippet.ts'
import { useApi } from '../../platform/api/session.ts'
import { CopyButton } from '../../ui/controls/copy-button.tsx'

const LANGUAGES: Readonly<Record<SnippetLanguage, string>> = {
  node: 'Node',
  python: 'Python',
  go: 'Go',
  ruby: 'Ruby',
  php: 'PHP',
}

/** The code that verifies a provider's requests in the reader's own language, ready to paste. */
export function CodeTab({ providerId }: { providerId: string }) {
  const [language, setLanguage] = useState<SnippetLanguage>('node')
  const field = useId()
  const snippets = useQuery(useApi().signing.snippets.queryOptions({ input: { id: providerId } }))
  if (snippets.isPending) return <p className="p-4 text-muted">Writing the code…</p>
  if (snippets.isError) return <p className="p-4 text-fail">The code could not be read: {snippets.error.message}</p>
  const snippet = snippets.data.items.find((each) => each.language === language)
  if (!snippet) {
    return (
      <p className="p-4 text-muted">
        No code is written for this sender: it does not sign in a way that code can check.
      </p>
    )
  }
  return (
    <div className="flex min-h-0 grow flex-col py-3">
      <div className="flex items-center gap-2 px-4 pb-2">
        <label htmlFor={field}>Language</label>
        <select
          id={field}
          value={language}
          onChange={(change) => setLanguage(change.target.value as SnippetLanguage)}
          className="rounded-md border border-line bg-panel px-2 py-1"
        >
          {snippets.data.items.map((each) => (
            <option key={each.language} value={each.language}>
              {LANGUAGES[each.language]}
            </option>
          ))}
        </select>
        <span className="mono grow truncate text-muted">{snippet.fileName}</span>
        <CopyButton text={snippet.code} label="Copy the code" />
      </div>
      <pre
        tabIndex={0}
        aria-label="Verification code"
        className="mono min-h-0 grow overflow-auto border-t border-line px-4 py-2 whitespace-pre"
      >
        {snippet.code}
      </pre>
    </div>
  )
}
