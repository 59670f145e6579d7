// The relay: Hookloop without a desktop. Nothing is loaded before the heap has its orders, and V8 what it made the last time.
import { keepCompiledCode } from '#main/compose/process/compiled-code.ts'
import { keepCollectionsShort } from '#main/compose/short-collections.ts'

keepCollectionsShort()
// The sources are not the program that is shipped, and change all the time.
if (import.meta.filename.endsWith('.js')) keepCompiledCode(import.meta.dirname, 'relay')
const { runRelay } = await import('./serve.ts')
await runRelay()
