import { Command } from 'commander'
import type { ProviderDetail, ProviderView } from '#shared/contract/catalog/providers.ts'
import { openContext } from '../context.ts'
import { withExamples } from '../options/examples.ts'
import { sheet, table } from '../text/table.ts'
import { stack, type Text } from '../text/view.ts'

export function catalogCommand(): Command {
  const catalog = new Command('catalog').description('List the senders that Hookloop knows, and their event types')
  const listing = catalog.command('list', { isDefault: true }).description('every sender, your own first')
  withExamples(listing.action(list), ['hookloop catalog', 'hookloop catalog --json'])
  const showing = catalog.command('show <provider>').description('how it signs, and its event types')
  withExamples(showing.action(show), ['hookloop catalog show github'])
  return withExamples(catalog, ['hookloop catalog', 'hookloop catalog show github'])
}

async function list(_: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.catalog.providers.list({}), ({ items }) => providerTable(items))
}

async function show(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.catalog.providers.get({ id }), providerText)
}

function providerTable(items: readonly ProviderView[]): Text {
  return table(
    items,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'NAME', value: ({ name }) => name, shrinks: true },
      { title: 'SIGNS', value: ({ signs }) => (signs ? 'yes' : 'no') },
      { title: 'POLICY', value: ({ policy }) => policy ?? '' },
      { title: 'EVENT TYPES', value: ({ eventTypes }) => String(eventTypes.length), right: true },
    ],
    'No sender is known.',
  )
}

function providerText({ id, name, signing, policy, facts, eventTypes }: ProviderDetail): Text {
  const types = table(
    eventTypes,
    [
      { title: 'EVENT TYPE', value: (type) => type.name },
      { title: 'WHAT IT TELLS', value: ({ description }) => description, shrinks: true },
    ],
    'No event types are known.',
  )
  const about = sheet([
    ['Sender', `${name} (${id})`],
    ['Signs', signing === null ? 'no' : `${signing.algorithm} over ${signing.signedContent}`],
    ['Policy', policy ?? 'one try'],
    ['Known from', `${facts.source}, checked on ${facts.checkedOn}`],
  ])
  return stack(about, '', types)
}
