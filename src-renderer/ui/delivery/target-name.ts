import type { DeliveryView } from '#shared/contract/deliveries.ts'

/** What a delivery goes to, in a few words. */
export function targetName({ endpointName, sender }: Pick<DeliveryView, 'endpointName' | 'sender'>): string {
  return endpointName ?? (sender === null ? 'Replay to an address' : `Sent as ${sender.provider}`)
}
