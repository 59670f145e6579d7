import { useState } from 'react'
import { keepToken } from '../../platform/api/token.ts'
import { Button } from '../../ui/controls/button.tsx'
import { TextField } from '../../ui/controls/field.tsx'
import { Brand } from '../brand.tsx'

/** Shown to a page that has no token, or one that the engine does not take. */
export function SignInPage({ wasRefused }: { wasRefused: boolean }) {
  return (
    <main className="flex h-full items-center justify-center p-6">
      <div className="flex max-w-120 flex-col gap-3">
        <Brand />
        <h1 className="text-title font-semibold">
          {wasRefused ? 'This address is no longer good' : 'Open the address that Hookloop printed'}
        </h1>
        <p className="text-muted">
          {wasRefused
            ? 'The engine was started again since, and each start makes a new token; or the key that was used is over.'
            : 'Your webhooks are private: the window opens with a token that each start makes anew.'}
        </p>
        <p className="text-muted">
          Look at the terminal in which Hookloop runs and open the whole <span className="mono text-text">window</span>{' '}
          address, with its <span className="mono text-text">#token=…</span> at the end.
        </p>
        <SignIn />
      </div>
    </main>
  )
}

/** For whoever was given a token or a key by itself; this tab alone keeps it. */
function SignIn() {
  const [text, setText] = useState('')
  return (
    <form
      className="mt-2 flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        keepToken(text.trim())
        location.reload()
      }}
    >
      <div className="grow">
        <TextField
          label="Or enter a token or a key"
          type="password"
          mono
          required
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Button type="submit" look="primary" className="h-7" disabled={text.trim() === ''}>
        Sign in
      </Button>
    </form>
  )
}
