import { Command } from 'commander'
import { type AuditEntry, AuditHeadText, headFromText, headToText } from '#shared/model/audit.ts'
import { readSettings } from '#main/compose/settings.ts'
import { EXIT, UsageError } from '../../exit.ts'
import { openContext } from '../../context.ts'
import { withExamples } from '../../options/examples.ts'

interface Options {
  expectHead?: string
}

const EXAMPLES = [
  'hookloop audit verify --data ./here',
  'hookloop audit verify --expect-head 1204:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
]
const MORE = `Works on the data directory itself, whether or not Hookloop runs. The answer names the head: note it elsewhere, and
--expect-head later proves that nothing was cut off the end or written anew. Exit codes: 0 whole, 1 broken.`

export function auditCommand(): Command {
  const audit = new Command('audit').description('Check the audit log')
  const verifying = audit
    .command('verify')
    .description('check that nothing in the audit log was edited, cut or reordered')
    .option('--expect-head <head>', 'a head that was noted before, <number>:<hash>')
    .action(verify)
  withExamples(verifying, EXAMPLES, MORE)
  return withExamples(audit, EXAMPLES)
}

async function verify({ expectHead }: Options, command: Command): Promise<void> {
  const { options, terminal, show, endWith } = openContext(command)
  const expected = expectHead === undefined ? null : readHead(expectHead)
  const { verifyAudit } = await import('#main/compose/data/verify-audit.ts')
  const found = await verifyAudit(readSettings(options, terminal.env).dataDirectory, expected)
  const head = found.head && headToText(found.head)
  show({ ...found, head }, inWords)
  if (!found.intact) endWith(EXIT.failed)
}

function readHead(text: string): Pick<AuditEntry, 'number' | 'hash'> {
  if (AuditHeadText.safeParse(text).success) return headFromText(text)
  throw new UsageError(
    '--expect-head takes a number, a colon and a hash of 64 hex digits, as `audit verify` prints it.',
  )
}

interface Found {
  checked: number
  head: string | null
  broken: { number: number; problem: string } | null
  clockSetBack: { count: number; first: number | null }
}

function inWords({ checked, head, broken, clockSetBack: { count, first } }: Found): string {
  const clock = count === 0 ? '' : `\nThe clock was set back ${times(count)}, first before entry ${first}.`
  if (broken) {
    return `Audit broken at row ${broken.number}. ${broken.problem} The ${checked} before it are as they were.${clock}`
  }
  return `The audit log is whole: ${checked} entries.${head === null ? '' : `\nHead ${head}`}${clock}`
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}
