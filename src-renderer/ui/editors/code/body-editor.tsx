import { WandSparkles } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { Button } from '../../controls/button.tsx'
import { readJson } from '../../payload/json-places.ts'
import type { CodeLanguage } from './code-editor.tsx'
import { formatJson } from './format-json.ts'

const CodeEditor = lazy(() => import('./code-editor.tsx'))
/** Checking a longer text at each key would be felt. */
const CHECKED_CHARACTERS = 1_000_000

/** The body of a message to edit, with what can be done to it above and what is wrong with it beneath. */
export function BodyEditor({
  language,
  value,
  actions,
  onChange,
  onSubmit,
}: {
  language: CodeLanguage
  value: string
  actions?: ReactNode
  onChange: (value: string) => void
  onSubmit?: (() => void) | undefined
}) {
  const problem = useMemo(() => (language === 'json' ? problemOf(value) : null), [language, value])
  return (
    <section aria-label="Body" className="flex min-h-48 grow flex-col gap-1">
      <div className="flex h-6 items-center gap-2">
        <span className="text-small text-muted">{language === 'json' ? 'JSON' : 'text'}</span>
        <span className="ml-auto flex items-center gap-1.5">
          {actions}
          {language === 'json' && (
            <Button
              look="ghost"
              disabled={problem !== null || value === ''}
              onClick={() => onChange(formatJson(value))}
            >
              <WandSparkles size={13} /> Format
            </Button>
          )}
        </span>
      </div>
      <div
        className={`flex min-h-0 grow flex-col overflow-hidden rounded border ${problem === null ? 'border-line' : 'border-fail'}`}
      >
        <Suspense fallback={<p className="p-3 text-muted">Loading the editor…</p>}>
          <CodeEditor label="Body" {...{ language, value, onChange, onSubmit }} />
        </Suspense>
      </div>
      <p role="status" className="min-h-4.5 text-small text-fail">
        {problem !== null && `Line ${problem.line}: ${problem.message}. It can be sent all the same.`}
      </p>
    </section>
  )
}

function problemOf(text: string): { line: number; message: string } | null {
  if (text.trim() === '' || text.length > CHECKED_CHARACTERS) return null
  const read = readJson(text)
  return 'value' in read ? null : read
}
