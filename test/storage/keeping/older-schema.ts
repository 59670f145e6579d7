import Database from 'better-sqlite3'
import { APPLICATION_ID } from '#main/adapters/sqlite/opening/inspect-file.ts'
import { MIGRATIONS } from '#main/adapters/sqlite/migrations/index.ts'

/** How many events `makeOlder` stores. */
export const EVENTS = 50

const ANSWER = JSON.stringify({ status: 200, headers: [], body: '', delayMs: 0 })
/** As the first schema's program wrote it: written down here, since what it wrote never changes. */
const POLICY = {
  preset: 'standard',
  timeoutMs: 15_000,
  success: '2xx',
  schedule: { kind: 'list', waitsMs: [5_000], repeat: null, jitter: 0 },
  clientErrors: { stop: true, except: [408, 425, 429] },
  redirects: 'retry',
  stop: { statuses: [], headers: [] },
  networkErrors: 'retry',
  invalidAnswers: 'retry',
  expectedContentType: null,
  retryAfter: { honour: true, capMs: 86_400_000 },
  goneAction: 'pause',
  breaker: { consecutiveFailures: 20, probeAfterMs: null },
  concurrency: 10,
  ratePerSecond: null,
  ordered: false,
  bodyLimitBytes: null,
  encoding: 'raw',
  scheduled: 'follow',
  notifyOnFailure: false,
  responseLimitBytes: 65_536,
  provider: 'standard-webhooks',
  manualRetryMs: null,
}
const CONFIG = JSON.stringify({
  name: 'Orders',
  url: 'http://127.0.0.1:9/hook',
  eventTypes: ['*'],
  headers: [['X-Team', 'a']],
  policy: POLICY,
  provider: null,
  method: null,
  condition: null,
  transformation: null,
  testMode: false,
  tls: { verify: true, ca: null },
  forwardPath: false,
  owner: null,
})

/** What the first schema could hold, in the words of the first schema. */
const ROWS = /* sql */ `
INSERT INTO projects VALUES (1, 'prj_1', 'default', 'Default', 1, NULL, 0);
INSERT INTO sources (id, project_key, slug, name, answer, body_limit_bytes, created_at)
  VALUES ('src_1', 1, 'inbox', 'Inbox', '${ANSWER}', 1000, 0);
INSERT INTO endpoints VALUES (1, 'end_1', 1, 1, 'active', NULL, NULL, 0, 0, NULL);
INSERT INTO endpoint_versions VALUES (1, 'ver_1', 1, 1, 1, '${CONFIG}', 'tests', 0);
INSERT INTO data_keys VALUES (1, x'0102');
INSERT INTO secrets (id, project_key, endpoint_key, name, version, sealed, created_at)
  VALUES ('sec_1', 1, 1, 'signing', 1, x'0102', 0);
`

function addEvents(db: Database.Database): void {
  for (let number = 1; number <= EVENTS; number++) {
    const body = Buffer.alloc(3_000, `${number} `)
    const sha256 = Buffer.alloc(32, number)
    db.prepare('INSERT INTO bodies VALUES (?, ?, ?, 2, ?)').run(number, sha256, body.length, body)
    db.prepare(
      `INSERT INTO events (key, id, project_key, source_key, type, origin, capture, received_at, method, path, http_version,
        headers, body_key, body_sha256, body_size_bytes, hops)
      VALUES (?, ?, 1, 1, 'order.paid', 'captured', 'complete', ?, 'POST', '/in/inbox', '1.1', '[]', ?, ?, ?, 0)`,
    ).run(number, `evt_${number}`, number, number, sha256, body.length)
    db.prepare(
      `INSERT INTO deliveries (key, id, project_key, event_key, endpoint_key, resign, state, next_trigger, tries, attempts,
        created_at, updated_at)
      VALUES (?, ?, 1, ?, 1, 1, 'succeeded', 'automatic', 1, 1, 0, 0)`,
    ).run(number, `dlv_${number}`, number)
    db.prepare(
      `INSERT INTO attempts (id, project_key, delivery_key, endpoint_version_key, number, trigger, outcome, started_at,
        finished_at, timings, request_body_key)
      VALUES (?, 1, ?, 1, 1, 'automatic', 'succeeded', 0, 1, '{}', ?)`,
    ).run(`att_${number}`, number, number)
  }
}

/** Makes a database as the version that knew `version` migrations left it, with rows in it. */
export function makeOlder(path: string, version: number): void {
  const db = new Database(path)
  db.pragma('auto_vacuum = INCREMENTAL')
  db.pragma('journal_mode = WAL')
  db.pragma(`application_id = ${APPLICATION_ID}`)
  const [first, ...later] = MIGRATIONS.slice(0, version)
  db.exec(first!.sql)
  db.transaction(() => {
    db.exec(ROWS)
    addEvents(db)
  })()
  for (const { sql } of later) db.exec(sql)
  const note = db.prepare('INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, ?, 0)')
  for (const [index, { name }] of MIGRATIONS.slice(0, version).entries()) note.run(index + 1, name)
  db.pragma(`user_version = ${version}`)
  db.close()
}
