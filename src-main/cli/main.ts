// The command line over a running Hookloop's API.
import { findInstallation } from '#main/compose/installation.ts'
import { explain } from './exit.ts'
import { createProgram } from './program.ts'

try {
  const program = createProgram(findInstallation().version)
  if (process.argv.length <= 2) program.outputHelp()
  else await program.parseAsync()
} catch (error) {
  const { text, code } = explain(error)
  if (text !== null) process.stderr.write(`${text}\n`)
  process.exitCode = code
}
