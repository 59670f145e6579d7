import { expect, it } from 'vitest'
import { onEveryStore } from './implementations.ts'

onEveryStore('Settings', (open) => {
  it('LUM-1 keeps values by scope and name, replaces them, and removes them by null', async () => {
    const { store, project } = await open()
    expect(await store.settings.get('account', 'callback')).toBe(null)
    await store.settings.put('account', 'callback', { url: 'http://a', headers: [] })
    await store.settings.put(project.id, 'callback', { url: 'http://b', headers: [['x', '1']] })
    await store.settings.put(project.id, 'other', 7)
    await store.settings.put('account', 'callback', { url: 'http://c' })
    expect(await store.settings.get('account', 'callback')).toEqual({ url: 'http://c' })
    expect(await store.settings.all('callback')).toEqual(
      new Map<string, unknown>([
        ['account', { url: 'http://c' }],
        [project.id, { url: 'http://b', headers: [['x', '1']] }],
      ]),
    )
    await store.settings.put('account', 'callback', null)
    expect(await store.settings.get('account', 'callback')).toBe(null)
    expect(await store.settings.get(project.id, 'other')).toBe(7)
  })
})
