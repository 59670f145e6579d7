import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EventSummary } from '#shared/contract/events.ts'
import { DeliveryView } from '#shared/contract/deliveries.ts'
import { withinSilence } from '#main/cli/live/silence.ts'
import { type CliRig, startCliRig } from './cli-rig.ts'
import { newEndpoint, newEvent } from './rows/row.ts'

let rig: CliRig
beforeAll(async () => {
  rig = await startCliRig()
})
afterAll(() => rig.stop())

const linesOf = (text: string) => text.trimEnd().split('\n')

describe('what goes on until it is stopped', () => {
  it('REL-3 follows events: those that are there, then each as it comes, one JSON to a line', async () => {
    const first = await newEvent(rig, 'order.paid')
    const { terminal, ended } = rig.begin(['events', '--follow', '--json'])
    await terminal.untilPrinted(new RegExp(first))
    const second = await newEvent(rig, 'order.sent')
    const third = await newEvent(rig, 'order.lost')
    await terminal.untilPrinted(new RegExp(third))
    terminal.stop()
    const { code, stdout } = await ended
    expect(code).toBe(0)
    const events = linesOf(stdout).map((line) => EventSummary.parse(JSON.parse(line)))
    expect(events.map(({ id }) => id)).toEqual([first, second, third])
  })

  it('REL-3 follows events of one type and source alone, in lines for a person', async () => {
    const { terminal, ended } = rig.begin(['events', '--follow', '--limit', '0', '--type', 'audit.*'])
    await terminal.untilPrinted(/Ctrl-C/)
    await newEvent(rig, 'order.paid')
    const audit = await newEvent(rig, 'audit.completed')
    await terminal.untilPrinted(new RegExp(audit))
    terminal.stop()
    const lines = linesOf((await ended).stdout)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^\d{4}-\S+ {2}evt_\w+ {2}audit\.completed {2}composed {2}12 B$/)
  })

  it('REL-3 follows deliveries through their states', async () => {
    const id = await newEndpoint(rig, '--types', 'followed.*')
    const json = rig.begin(['deliveries', '--follow', '--json', '--endpoint', id])
    const text = rig.begin(['deliveries', '--follow', '--endpoint', id, '--state', 'succeeded'])
    await text.terminal.untilPrinted(/Ctrl-C/)
    // The other one says nothing before there is something to say: it is told until it listens.
    while (json.terminal.printed().stdout === '') await newEvent(rig, 'followed.event')
    await text.terminal.untilPrinted(/succeeded {2}followed\.event {2}→ Shop {2}200 {2}attempt 1/)
    await json.terminal.untilPrinted(/"succeeded"/)
    for (const { terminal } of [json, text]) terminal.stop()
    const states = linesOf((await json.ended).stdout).map((line) => DeliveryView.parse(JSON.parse(line)).state)
    expect(states).toContain('succeeded')
    const succeeded = linesOf((await text.ended).stdout)
    expect(succeeded.filter((line) => !line.includes('  succeeded  '))).toEqual([])
  })

  it('REL-3 refuses to go on from a place in the past', async () => {
    expect(await rig.run(['events', '--follow', '--since', '2026-01-01T00:00:00Z'])).toMatchObject({ code: 2 })
  })

  it('REL-4 takes a stream that says nothing any more for cut', async () => {
    const silent = new Response(
      new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode(': hi\n')) }),
    )
    await expect(withinSilence(silent, 20).text()).rejects.toThrow('Nothing came for 0.02 s')
    const short = new Response('whole')
    expect(await withinSilence(short, 20).text()).toBe('whole')
  })
})
