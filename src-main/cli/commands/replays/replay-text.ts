import type { DryRunView, ReplayView } from '#shared/contract/replays.ts'
import { mostFirst } from '#shared/model/counts.ts'
import { LEFT_OUT_WORDS } from '#shared/model/explanations/left-out.ts'
import { sheet, table } from '../../text/table.ts'
import { stack, type Text } from '../../text/view.ts'
import { ago, stateStyle } from '../../text/words.ts'

/** Which events, in a few words. */
export function selectionWords({ selection }: Pick<ReplayView, 'selection'>): string {
  if ('eventIds' in selection) return `${selection.eventIds.length} by id`
  if ('filter' in selection) return selection.filter === '' ? 'every event' : selection.filter
  const { endpointId, since, until } = selection.outage
  return `outage of ${endpointId}, ${since} to ${until}`
}

function targetWords({ target }: Pick<ReplayView, 'target'>): string {
  if ('url' in target) return target.url
  return 'endpointIds' in target ? target.endpointIds.join(', ') : 'those that take each'
}

function signerWords({ resign, target }: Pick<ReplayView, 'resign' | 'target'>): string {
  if (!resign) return 'the original signature'
  if (!('url' in target)) return 'anew, by each endpoint'
  if (target.signAs === 'nobody') return 'by nobody'
  return target.signAs === 'source' ? 'anew, as the sender of each source' : `anew, as ${target.signAs.endpointId}`
}

export function replayTable(items: readonly ReplayView[]): Text {
  return table(
    items,
    [
      { title: 'WHEN', value: ({ createdAt }, { now }) => ago(createdAt, now) },
      { title: 'ID', value: ({ id }) => id },
      { title: 'STATE', value: ({ state }) => state, style: ({ state }) => stateStyle(state) },
      { title: 'EVENTS', value: selectionWords, shrinks: true },
      { title: 'TO', value: targetWords, shrinks: true },
      { title: 'DONE', value: ({ done, total }) => `${done} of ${total}`, right: true },
      { title: 'FAILED', value: ({ failed }) => String(failed), right: true },
    ],
    'No replays yet.',
  )
}

export function replaySheet(replay: ReplayView): Text {
  const { id, state, actor, createdAt, ratePerSecond, total, made, done } = replay
  const { succeeded, failed, canceled, simulated, waiting, held } = replay
  return sheet([
    ['Replay', id],
    ['State', state],
    ['Begun', ({ now }) => `${createdAt} (${ago(createdAt, now)}) by ${actor}`],
    ['Events', selectionWords(replay)],
    ['To', targetWords(replay)],
    ['Signed', signerWords(replay)],
    ['Rate', ratePerSecond === null ? 'no limit' : `${ratePerSecond} a second`],
    [
      'Done',
      `${done} of ${total}: ${succeeded} delivered, ${failed} failed, ${canceled} canceled, ${simulated} simulated`,
    ],
    ['Waiting', `${waiting} made, ${held} of them held; ${total - made} still to make`],
    ...leftOut(replay.leftOut),
  ])
}

function leftOut(counts: DryRunView['leftOut']): (readonly [string, string])[] {
  return mostFirst(counts).map(({ name, count }, at) => [
    at === 0 ? 'Left out' : '',
    `${count} ${LEFT_OUT_WORDS[name]}`,
  ])
}

/** What a dry run counted. */
export function dryRunText(counted: DryRunView): Text {
  const { events, deliveries, unsigned, byTarget, byType, firstAt, lastAt } = counted
  const standing = mostFirst(counted.byReason).map(({ name, count }) => `${count} ${name}`)
  return stack(
    sheet([
      ['Would send', `${deliveries} ${deliveries === 1 ? 'delivery' : 'deliveries'} of ${events} events`],
      ['Arrived', firstAt === null ? 'none' : `${firstAt} to ${lastAt}`],
      ...(standing.length > 0 ? [['There', standing.join(', ')] as const] : []),
      ...(unsigned > 0 ? [['Unsigned', `${unsigned}: no secret is known with which to sign them`] as const] : []),
      ...leftOut(counted.leftOut),
      ...byTarget.map(
        ({ endpointName, deliveries: count, isPaused }, at) =>
          [at === 0 ? 'To' : '', `${endpointName ?? 'the URL'}: ${count}${isPaused ? ' (paused: held)' : ''}`] as const,
      ),
    ]),
    '',
    table(
      byType,
      [
        { title: 'TYPE', value: ({ type }) => type, shrinks: true },
        { title: 'EVENTS', value: ({ events: count }) => String(count), right: true },
        { title: 'DELIVERIES', value: ({ deliveries: count }) => String(count), right: true },
      ],
      'Nothing fits.',
    ),
  )
}
