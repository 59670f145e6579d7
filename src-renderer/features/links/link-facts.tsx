import type { ReactNode } from 'react'
import { FactList } from '../../ui/layout/fact-list.tsx'

/** What a link says, name by name. */
export function LinkFacts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <div className="rounded-md border border-line bg-panel px-3 py-2.5">
      <FactList facts={facts} />
    </div>
  )
}
