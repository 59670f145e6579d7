import type { Database } from 'better-sqlite3'
import type { OperationsStore, VersionMark } from '#main/engine/ports.ts'

const LIST = `
  SELECT v.id AS versionId, m.tested_at AS testedAt, m.test_passed AS passed, m.tested_by AS testedBy,
    m.reviewed_at AS reviewedAt, m.reviewed_by AS reviewedBy
  FROM endpoint_versions v JOIN version_marks m ON m.version_key = v.key
  WHERE v.endpoint_key = (SELECT key FROM endpoints WHERE id = ?)
  ORDER BY v.number DESC`

const NOTE_TEST = `
  INSERT INTO version_marks (version_key, project_key, tested_at, test_passed, tested_by)
  SELECT key, project_key, @at, @passed, @actor FROM endpoint_versions WHERE id = @versionId
  ON CONFLICT (version_key) DO UPDATE SET tested_at = @at, test_passed = @passed, tested_by = @actor`

const NOTE_REVIEW = `
  INSERT INTO version_marks (version_key, project_key, reviewed_at, reviewed_by)
  SELECT v.key, v.project_key, @at, @actor
  FROM endpoint_versions v LEFT JOIN version_marks m ON m.version_key = v.key
  WHERE v.endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId) AND m.reviewed_at IS NULL
  ON CONFLICT (version_key) DO UPDATE SET reviewed_at = @at, reviewed_by = @actor`

interface MarkRow {
  versionId: VersionMark['versionId']
  testedAt: number | null
  passed: number | null
  testedBy: string | null
  reviewedAt: number | null
  reviewedBy: string | null
}

export function prepareMarks(db: Database) {
  const list = db.prepare<[string], MarkRow>(LIST)
  const test = db.prepare<{ versionId: string; at: number; passed: number; actor: string }>(NOTE_TEST)
  const review = db.prepare<{ endpointId: string; at: number; actor: string }>(NOTE_REVIEW)
  return {
    list: (endpointId: string): VersionMark[] => list.all(endpointId).map(toMark),
    noteTest: (step: Parameters<OperationsStore['noteTest']>[0]): void =>
      void test.run({ ...step, passed: Number(step.passed) }),
    noteReview: (step: Parameters<OperationsStore['noteReview']>[0]): number => review.run(step).changes,
  }
}

function toMark({ versionId, testedAt, passed, testedBy, reviewedAt, reviewedBy }: MarkRow): VersionMark {
  return {
    versionId,
    test: testedAt === null ? null : { at: testedAt, passed: passed === 1, actor: testedBy ?? '' },
    review: reviewedAt === null ? null : { at: reviewedAt, actor: reviewedBy ?? '' },
  }
}
