import type { SettingScope, SettingStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'

interface SettingRow {
  scope: SettingScope
  value: string
}

export function createSettingStore({ db, read, write }: Connection): SettingStore {
  const get = db.prepare<[string, string], SettingRow>('SELECT scope, value FROM settings WHERE scope = ? AND key = ?')
  const all = db.prepare<[string], SettingRow>('SELECT scope, value FROM settings WHERE key = ?')
  const put = db.prepare<[string, string, string]>(
    'INSERT INTO settings (scope, key, value) VALUES (?, ?, ?) ON CONFLICT (scope, key) DO UPDATE SET value = excluded.value',
  )
  const remove = db.prepare<[string, string]>('DELETE FROM settings WHERE scope = ? AND key = ?')

  return {
    get: (scope, key) =>
      read(() => {
        const row = get.get(scope, key)
        return row ? (JSON.parse(row.value) as unknown) : null
      }),
    all: (key) => read(() => new Map(all.all(key).map(({ scope, value }) => [scope, JSON.parse(value) as unknown]))),
    put: (scope, key, value) =>
      write(() => void (value === null ? remove.run(scope, key) : put.run(scope, key, JSON.stringify(value)))),
  }
}
