import { Brand } from './brand.tsx'

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
            ? 'The engine was started again since, and each start makes a new token.'
            : 'Your webhooks are private: the window opens with a token that each start makes anew.'}
        </p>
        <p className="text-muted">
          Look at the terminal in which Hookloop runs and open the whole <span className="mono text-text">window</span>{' '}
          address, with its <span className="mono text-text">#token=…</span> at the end.
        </p>
      </div>
    </main>
  )
}
