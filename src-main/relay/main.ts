// The relay: Hookloop without a desktop. Nothing is loaded before the heap has its orders.
import { keepCollectionsShort } from '#main/compose/short-collections.ts'

keepCollectionsShort()
const { runRelay } = await import('./serve.ts')
await runRelay()
