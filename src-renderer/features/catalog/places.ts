import { useNavigateUnlessLeft } from '../../platform/browser/navigate-unless-left.ts'

/** The last part of an address that asks for the form of something new. */
export const NEW = 'new'

/** Ways around in the catalog. The search words stay. */
export function usePlaces() {
  const navigate = useNavigateUnlessLeft()
  return {
    close: (): void => void navigate({ to: '/catalog', search: keepWords }),
    openProvider: (provider: string, replace = false): void =>
      void navigate({ to: '/catalog/$provider', params: { provider }, search: keepWords, replace }),
    openType: (provider: string, type: string): void =>
      void navigate({ to: '/catalog/$provider/$type', params: { provider, type }, search: keepWords }),
    showTab: (tab: string): void => void navigate({ to: '.', search: (old) => ({ ...old, tab }), replace: true }),
    search: (q: string): void =>
      void navigate({ to: '.', search: (old) => ({ ...old, q: q === '' ? undefined : q }), replace: true }),
  }
}

const keepWords = (old: { q?: string | undefined }) => ({ q: old.q })
