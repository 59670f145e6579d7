// The relay: Hookloop without a desktop. Nothing is loaded before the heap has its orders, and V8 what it made the last time.
import { keepCompiledCode } from '#main/compose/process/compiled-code.ts'
import { letHelpersStepBack } from '#main/compose/process/helper-threads.ts'
import { keepCollectionsShort } from '#main/compose/short-collections.ts'

const WARM_AFTER_MS = 20_000

keepCollectionsShort()
// While a program warms up, those that compile it are no hindrance.
setTimeout(letHelpersStepBack, WARM_AFTER_MS).unref()
// The sources are not the program that is shipped, and change all the time.
if (import.meta.filename.endsWith('.js')) keepCompiledCode(import.meta.dirname, 'relay')
const { runRelay } = await import('./serve.ts')
await runRelay()
