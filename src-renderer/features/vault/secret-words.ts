import { Clock, KeyRound, Lock, LockOpen } from 'lucide-react'
import type { RevealTryView, SecretView } from '#shared/contract/vault/secrets.ts'
import type { Look } from '../../ui/delivery/delivery-words.ts'
import { plural } from '../../ui/format/size.ts'

/** What a person should know first about a secret. */
export function secretLook({ isLocked, isOld, ageDays }: Pick<SecretView, 'isLocked' | 'isOld' | 'ageDays'>): Look {
  if (isLocked) return { word: 'locked', icon: Lock, tone: 'text-fail' }
  if (isOld) return { word: `old: ${plural(ageDays, 'day')}`, icon: Clock, tone: 'text-retry' }
  return { word: 'sealed', icon: KeyRound, tone: 'text-ok' }
}

export function nameOf({ role, name }: Pick<SecretView, 'role' | 'name'>): string {
  switch (role) {
    case 'named':
      return `{secret.${name}}`
    case 'signing':
      return 'signing secret'
    case 'verify-token':
      return 'verify token'
    case 'link-key':
      return 'key for its relay'
  }
}

export function ageWords(ageDays: number): string {
  return ageDays === 0 ? 'today' : plural(ageDays, 'day')
}

/** The versions that count now, when more than one does. */
export function overlapUntil({ versions }: Pick<SecretView, 'versions'>, nowAt: number): string | null {
  const lasting = versions.filter(({ expiresAt }) => expiresAt !== null && Date.parse(expiresAt) > nowAt)
  return lasting.map(({ expiresAt }) => expiresAt).find((at) => at !== null) ?? null
}

export function outcomeLook(outcome: RevealTryView['outcome']): Look {
  switch (outcome) {
    case 'revealed':
      return { word: 'revealed', icon: LockOpen, tone: 'text-text' }
    case 'already_revealed':
      return { word: 'refused: revealed before', icon: Lock, tone: 'text-muted' }
    case 'reveal_limit':
      return { word: 'refused: limit of an hour', icon: Lock, tone: 'text-muted' }
    case 'vault_locked':
      return { word: 'refused: locked', icon: Lock, tone: 'text-muted' }
  }
}
