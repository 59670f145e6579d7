import type { DeliveryView } from '#shared/contract/deliveries.ts'

/** What a delivery goes to, in a few words. */
export function targetName({ endpointName, sender }: Pick<DeliveryView, 'endpointName' | 'sender'>): string {
  if (endpointName !== null) return endpointName
  if (sender === null) return 'Replay to an address'
  return sender.provider === 'none' ? 'To an address' : `Sent as ${sender.provider}`
}
