import { ExportsSection } from './exports-section.tsx'
import { ImportsSection } from './imports-section.tsx'

/** Events on their way to other programs, and from them. */
export function ExchangeScreen() {
  return (
    <div className="min-h-0 grow overflow-y-auto px-6 py-5">
      <div className="flex max-w-180 flex-col gap-8">
        <h1 className="text-title font-semibold">Export and import</h1>
        <ImportsSection />
        <ExportsSection />
      </div>
    </div>
  )
}
