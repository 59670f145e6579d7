// Loaded with --import: `electron` becomes the stand-in of this folder.
import { registerHooks } from 'node:module'

const STAND_IN = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: STAND_IN, shortCircuit: true } : next(specifier, context),
})

await import('./questions.ts')
