import { type Finding, note, ok, skipped, wrong } from '#main/compose/doctor/finding.ts'
import type { Api } from '../../connection.ts'
import { explain, EXIT } from '../../exit.ts'
import { plain } from '../../text/plain.ts'

export interface RelayChecks {
  findings: Finding[]
  /** Whether one answered, with whatever it had to say. */
  isThere: boolean
}

/** What the relay tells of itself, as far as the key may ask. */
export async function checkRelay(connect: () => Api, version: string): Promise<RelayChecks> {
  try {
    const api = connect()
    const status = await api.system.status({})
    const findings = [versions(status.version, version, status.mode)]
    findings.push(await asked('vault', () => checkVault(api)))
    findings.push(...pausedEndpoints(status.pausedEndpoints))
    return { findings, isThere: true }
  } catch (error) {
    const failure = explain(error)
    if (failure?.exitCode === EXIT.unreachable) return { findings: [note('relay', failure.message)], isThere: false }
    const says = failure?.message ?? String(error)
    return {
      findings: [wrong('relay', says, failure?.hint ?? 'Name the relay and its token: --url, --token.')],
      isThere: true,
    }
  }
}

function versions(relay: string, own: string, mode: string): Finding {
  if (relay === own) return ok('relay', `It answers: version ${relay}, ${mode} mode.`)
  return note('relay', `It answers, as version ${relay} in ${mode} mode; this is ${own}.`, 'Bring both to one version.')
}

async function checkVault(api: Api): Promise<Finding> {
  const { state, reason, locked } = await api.vault.vault.status({})
  if (state === 'locked')
    return wrong(
      'vault',
      `It is locked: ${reason ?? 'its key is missing'}`,
      'Put the key back: hookloop vault recheck.',
    )
  if (locked > 0)
    return wrong('vault', `${locked} secrets cannot be opened.`, 'Enter them again: hookloop vault lists them.')
  return ok('vault', state === 'empty' ? 'It holds nothing yet.' : 'It is open.')
}

function pausedEndpoints(paused: readonly { name: string; reason: string }[]): Finding[] {
  if (paused.length === 0) return [ok('endpoints', 'None is paused.')]
  const names = paused.map(({ name, reason }) => `${plain(name)} (${reason})`).join(', ')
  return [note('endpoints', `Paused: ${names}.`, 'hookloop endpoints resume lets one go on.')]
}

/** What the key may not ask is left out. */
async function asked(check: Finding['check'], ask: () => Promise<Finding>): Promise<Finding> {
  try {
    return await ask()
  } catch (error) {
    const failure = explain(error)
    if (failure?.exitCode !== EXIT.refused) throw error
    return skipped(check, failure.message)
  }
}
