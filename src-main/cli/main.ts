// The command line over a running Hookloop's API.
import { keepCompiledCode } from '#main/compose/process/compiled-code.ts'

// Whoever reads has read enough: `hookloop events --follow | head -1` is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

if (import.meta.filename.endsWith('.js')) keepCompiledCode(import.meta.dirname, 'cli')
const { runInProcess } = await import('./run-in-process.ts')
process.exitCode = await runInProcess()
