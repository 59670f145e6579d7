import { Alert, AlertRule } from '#shared/model/alert.ts'
import type { AlertStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { placeOf, toPage, type Place } from '../cursor.ts'
import { prepareAppendEvent } from '../events/append-event.ts'

const RULES = `SELECT content FROM alert_rules ORDER BY key`

const CREATE_RULE = `
  INSERT INTO alert_rules (id, project_key, content) VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @content)`

const SAVE_RULE = `UPDATE alert_rules SET content = @content WHERE id = @id`

const DELETE_RULE = `DELETE FROM alert_rules WHERE id = ?`

const SAVE_ALERT = `
  INSERT INTO alerts (id, project_key, rule_id, raised_at, is_open, content)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @ruleId, @raisedAt, @isOpen, @content)
  ON CONFLICT (id) DO UPDATE SET is_open = excluded.is_open, content = excluded.content`

const OPEN_ALERT = `SELECT content FROM alerts WHERE rule_id = ? AND is_open = 1`

const GET_ALERT = `SELECT content FROM alerts WHERE id = ?`

/** All of a project's, or one rule's; both newest first by an index. */
function listSql({ ofRule, openOnly }: { ofRule: boolean; openOnly: boolean }): string {
  const project = 'project_key = (SELECT key FROM projects WHERE id = @projectId)'
  return `
    SELECT content, raised_at AS at, key FROM alerts
    WHERE ${ofRule ? `rule_id = @ruleId AND +${project}` : project} ${openOnly ? 'AND is_open = 1' : ''}
      AND (raised_at, key) < (@at, @key)
    ORDER BY raised_at DESC, key DESC
    LIMIT @limit`
}

const toRule = (content: string): AlertRule => AlertRule.parse(JSON.parse(content))
const toAlert = (content: string): Alert => Alert.parse(JSON.parse(content))

export function createAlertStore({ db, read, write }: Connection): AlertStore {
  const rules = db.prepare<[], string>(RULES).pluck()
  const createRule = db.prepare<object>(CREATE_RULE)
  const saveRule = db.prepare<object>(SAVE_RULE)
  const deleteRule = db.prepare<[string]>(DELETE_RULE)
  const putAlert = db.prepare<object>(SAVE_ALERT)
  const openAlert = db.prepare<[string], string>(OPEN_ALERT).pluck()
  const getAlert = db.prepare<[string], string>(GET_ALERT).pluck()
  const append = prepareAppendEvent(db)

  function saveAlert(alert: Alert): void {
    putAlert.run({ ...alert, isOpen: Number(alert.resolvedAt === null), content: JSON.stringify(alert) })
  }

  function found(content: string | undefined): Alert | null {
    return content === undefined ? null : toAlert(content)
  }

  return {
    rules: () => read(() => rules.all().map(toRule)),
    createRule: (rule) => write(() => void createRule.run({ ...rule, content: JSON.stringify(rule) })),

    saveRule: ({ rule, alert, event }) =>
      write(() => {
        if (saveRule.run({ id: rule.id, content: JSON.stringify(rule) }).changes === 0) return []
        if (alert) saveAlert(alert)
        const told = event && append(event)
        return told?.kind === 'appended' ? told.deliveries : []
      }),

    deleteRule: ({ ruleId, alert }) =>
      write(() => {
        deleteRule.run(ruleId)
        if (alert) saveAlert(alert)
      }),

    openAlert: (ruleId) => read(() => found(openAlert.get(ruleId))),
    getAlert: (alertId) => read(() => found(getAlert.get(alertId))),
    saveAlert: (alert) => write(() => saveAlert(alert)),

    alerts: (query) =>
      read(() => {
        const sql = listSql({ ofRule: query.ruleId !== null, openOnly: query.openOnly })
        const rows = db
          .prepare<object, Place & { content: string }>(sql)
          .all({ ...query, ...placeOf(query.cursor), limit: query.limit + 1 })
        return toPage(rows, query, ({ content }) => toAlert(content))
      }),
  }
}
