import { contract } from '#shared/contract/index.ts'
import type { CliRig } from '../cli-rig.ts'
import { answerOf, newEvent, type Row } from './row.ts'

const NO_REPLAY = 'rpl_01JD8Z5K3WQ7M0X2T9B4C6E8FA'

/** One that has hardly begun, and goes on for long. */
async function slowReplay(rig: CliRig): Promise<string> {
  const ids = [await newEvent(rig), await newEvent(rig), await newEvent(rig)]
  const replay = await rig.json<{ id: string }>('replay', ...ids, '--url', rig.receiver.url, '--rate', '0.01')
  return replay.id
}

async function pausedReplay(rig: CliRig): Promise<string> {
  const id = await slowReplay(rig)
  await rig.json('replays', 'pause', id)
  return id
}

export const REPLAY_ROWS: readonly Row[] = [
  {
    command: 'replay',
    works: async (rig) => ['replay', await newEvent(rig), '--url', rig.receiver.url],
    says: /^rpl_\w+: 1 delivery\n$/,
    json: answerOf(contract.replays.create),
    fails: [4, () => ['replay', 'evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA']],
    misused: ['replay'],
  },
  {
    command: 'replays list',
    works: async (rig) => {
      await slowReplay(rig)
      return ['replays', '--limit', '3']
    },
    says: /WHEN +ID +STATE +EVENTS +TO[^]*rpl_\w+ +running +3 by id +http:\S+ +\d of 3 +0/,
    json: answerOf(contract.replays.list),
    fails: [4, () => ['replays', '--cursor', 'nonsense']],
    misused: ['replays', '--limit', 'many'],
  },
  {
    command: 'replays show',
    works: async (rig) => ['replays', 'show', await slowReplay(rig)],
    says: /State +running[^]*Signed +anew, as the sender of each source[^]*Rate +0\.01 a second[^]*still to make/,
    json: answerOf(contract.replays.get),
    fails: [4, () => ['replays', 'show', NO_REPLAY]],
    misused: ['replays', 'show'],
  },
  {
    command: 'replays pause',
    works: async (rig) => ['replays', 'pause', await slowReplay(rig)],
    says: /^rpl_\w+ is paused\n$/,
    json: answerOf(contract.replays.pause),
    fails: [4, () => ['replays', 'pause', NO_REPLAY]],
    misused: ['replays', 'pause'],
  },
  {
    command: 'replays resume',
    works: async (rig) => ['replays', 'resume', await pausedReplay(rig)],
    says: /^rpl_\w+ is running\n$/,
    json: answerOf(contract.replays.resume),
    fails: [4, () => ['replays', 'resume', NO_REPLAY]],
    misused: ['replays', 'resume'],
  },
  {
    command: 'replays cancel',
    works: async (rig) => ['replays', 'cancel', await pausedReplay(rig)],
    says: /^rpl_\w+ is canceled, and \d of its deliveries\n$/,
    json: answerOf(contract.replays.cancel),
    fails: [4, () => ['replays', 'cancel', NO_REPLAY]],
    misused: ['replays', 'cancel'],
  },
]
