import { belongsTo, type Call } from './context.ts'
import { explain, EXIT, sentenceOf } from './exit.ts'
import { createProgram } from './program.ts'
import type { Terminal } from './terminal/terminal.ts'

/** Runs one command line over a terminal, and resolves to its exit code; it never throws. */
export async function runCli(args: readonly string[], around: { version: string; terminal: Terminal }) {
  const call: Call = { ...around, exitCode: EXIT.ok }
  const { terminal } = around
  const isJson = args.includes('--json')
  try {
    const program = createProgram(around.version, { terminal, isJson })
    belongsTo(program, call)
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
    return call.exitCode
  } catch (error) {
    const failure = explain(error)
    if (failure === null) return EXIT.ok
    const { exitCode, ...words } = failure
    // The parser has told a person already, with the help of the command.
    if (isJson) terminal.stderr.write(`${JSON.stringify({ error: words })}\n`)
    else if (!isFromParser(error)) terminal.stderr.write(`${sentenceOf(failure)}\n`)
    return exitCode
  }
}

function isFromParser(error: unknown): boolean {
  return error instanceof Error && error.name === 'CommanderError'
}
