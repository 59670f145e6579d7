import { Command } from 'commander'
import { openContext } from '../../context.ts'
import { withExamples } from '../../options/examples.ts'
import { addListOptions, type ListOptions } from '../../options/list-options.ts'
import { confirmLoss, YES } from '../../terminal/confirm.ts'
import { withState } from '../../text/words.ts'
import { replaySheet, replayTable } from './replay-text.ts'

const ID = 'rpl_01JD8Z5K3WQ7M0X2T9B4C6E8FA'

export function replaysCommand(): Command {
  const replays = new Command('replays').description('List, show, pause, resume and cancel replays')
  const list = addListOptions(replays.command('list', { isDefault: true }))
    .description('newest first, with how far each is')
    .action(listAll)
  withExamples(list, ['hookloop replays --limit 5'])
  withExamples(replays.command('show <id>').description('what was asked, and what came of it').action(showOne), [
    `hookloop replays show ${ID}`,
  ])
  const pause = replays
    .command('pause <id>')
    .description('make no more deliveries until it is resumed')
    .action(pauseOne)
  withExamples(pause, [`hookloop replays pause ${ID}`])
  withExamples(replays.command('resume <id>').description('go on with a paused one').action(resumeOne), [
    `hookloop replays resume ${ID}`,
  ])
  const cancel = replays
    .command('cancel <id>')
    .description('end it, and cancel what of it waits')
    .option(...YES)
  withExamples(cancel.action(cancelOne), [`hookloop replays cancel ${ID} --yes`])
  return withExamples(replays, ['hookloop replays', `hookloop replays show ${ID}`])
}

async function listAll(_: ListOptions, command: Command): Promise<void> {
  const { api, show } = openContext(command)
  const { limit, cursor } = command.opts<ListOptions>()
  show(await api.replays.list({ limit, cursor }), ({ items }) => replayTable(items))
}

async function showOne(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show } = openContext(command)
  show(await api.replays.get({ id }), replaySheet)
}

async function pauseOne(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show } = openContext(command)
  show(await api.replays.pause({ id }), ({ state }) => withState(`${id} is `, state))
}

async function resumeOne(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show } = openContext(command)
  show(await api.replays.resume({ id }), ({ state }) => withState(`${id} is `, state))
}

async function cancelOne(id: string, { yes }: { yes?: true }, command: Command): Promise<void> {
  const { api, terminal, show } = openContext(command)
  const { total, done } = await api.replays.get({ id })
  await confirmLoss(terminal, `Cancel ${id}, and leave ${total - done} deliveries unsent?`, yes === true)
  show(await api.replays.cancel({ id }), ({ canceled }) => `${id} is canceled, and ${canceled} of its deliveries`)
}
