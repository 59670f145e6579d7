import { homedir } from 'node:os'
import { z } from 'zod'
import { Finding } from '#main/compose/doctor/finding.ts'
import { table } from '../../text/table.ts'
import { stack, type Style, type Text } from '../../text/view.ts'

export const DoctorReport = z.object({
  ok: z.boolean(),
  version: z.string(),
  node: z.string(),
  system: z.string(),
  checkedAt: z.string(),
  findings: z.array(Finding),
})
export type DoctorReport = z.infer<typeof DoctorReport>

const WORDS: Readonly<Record<Finding['state'], readonly [word: string, style: Style | undefined]>> = {
  ok: ['ok', 'green'],
  note: ['note', 'yellow'],
  wrong: ['wrong', 'red'],
  skipped: ['skipped', 'dim'],
}

/** What may be pasted anywhere: a home folder's name is nobody's business. */
export function forEveryone(finding: Finding): Finding {
  const plainly = (text: string) => text.replaceAll(homedir(), '~')
  return { ...finding, says: plainly(finding.says), fix: finding.fix === null ? null : plainly(finding.fix) }
}

export function reportText({ ok, version, node, system, checkedAt, findings }: DoctorReport): Text {
  const wrongs = findings.filter(({ state }) => state === 'wrong').length
  const fixes = findings.filter(({ fix }) => fix !== null)
  return stack(
    `Hookloop ${version}, Node ${node}, ${system}, ${checkedAt}`,
    '',
    table(
      findings,
      [
        { title: 'CHECK', value: ({ check }) => check },
        { title: 'STATE', value: ({ state }) => WORDS[state][0], style: ({ state }) => WORDS[state][1] },
        { title: 'WHAT WAS FOUND', value: ({ says }) => says },
      ],
      '',
    ),
    ...(fixes.length === 0 ? [] : ['', ...fixes.map(({ check, fix }) => `${check}: ${fix}`)]),
    '',
    ok ? 'Nothing is wrong.' : `${wrongs} ${wrongs === 1 ? 'thing is' : 'things are'} wrong.`,
    'For a bug report, paste all of this: it holds no secret.',
  )
}
