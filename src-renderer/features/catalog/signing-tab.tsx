import type { ProviderDetail } from '#shared/contract/catalog/providers.ts'
import { PairsTable } from '../../ui/payload/pairs-table.tsx'
import { recognitionWords, signingWords } from './signing-words.ts'

/** How the provider proves and names what it sends, and where that is known from. */
export function SigningTab({ provider }: { provider: ProviderDetail }) {
  const { signing, facts, bodyFormat, proof } = provider
  const markName = (name: string): string | null =>
    proof.find((place) => place.in === 'header' && place.name === name)?.carries.join(' · ') ?? null
  return (
    <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto py-3">
      <Sentences label="Signature" words={signingWords(signing)} />
      {signing !== null && signing.headers.length > 0 && (
        <section aria-label="Headers">
          <h2 className="px-4 pb-1 text-small font-medium">Headers that it sends</h2>
          <PairsTable label="Headers" pairs={signing.headers} markName={markName} />
        </section>
      )}
      <Sentences
        label="Recognition"
        words={[...recognitionWords(provider), ...(bodyFormat === 'form' ? ['Bodies are forms.'] : [])]}
      />
      <section aria-label="Facts" className="px-4 text-small text-muted">
        <p className="break-words">
          From {facts.source}, checked on {facts.checkedOn}.
        </p>
        {facts.unconfirmed !== null && <p className="text-retry">Unconfirmed: {facts.unconfirmed}</p>}
      </section>
    </div>
  )
}

function Sentences({ label, words }: { label: string; words: readonly string[] }) {
  return (
    <section aria-label={label} className="px-4">
      <h2 className="pb-1 text-small font-medium">{label}</h2>
      <ul className="flex flex-col gap-0.5">
        {words.map((sentence) => (
          <li key={sentence} className="break-words">
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  )
}
