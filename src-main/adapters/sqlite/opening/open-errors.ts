/** Why a database cannot be opened, in plain words; the file is as it was. `hint` says what to do. */
export class DatabaseOpenError extends Error {
  readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseOpenError'
    this.hint = hint
  }
}

/** The file cannot be made, read or written. */
export class DatabaseUnusableError extends DatabaseOpenError {
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    super(
      `The database ${path} cannot be opened for writing${reason}.`,
      'Check that its folder exists, belongs to you and has space, or choose another one with --data.',
      { cause },
    )
    this.name = 'DatabaseUnusableError'
  }
}

/** The file, or what should be there, is not a whole database. */
export class DatabaseDamagedError extends DatabaseOpenError {
  constructor(path: string, what: string, cause?: unknown) {
    super(
      `The database ${path} is damaged: ${what}. Nothing was changed.`,
      'Put back a copy of it, or run `hookloop salvage` to copy what can still be read into a new file. To begin with an empty one, move the damaged file and its -wal file to another folder.',
      { cause },
    )
    this.name = 'DatabaseDamagedError'
  }
}

/** The log that belongs to the database is not there: what it held would be lost without a word. */
export class LogMissingError extends DatabaseOpenError {
  constructor(path: string) {
    super(
      `The file ${path}-wal is missing, which may hold what the database ${path} does not. Nothing was changed.`,
      `Put it back. Where it is lost, delete ${path}-shm to open the database without it.`,
    )
    this.name = 'LogMissingError'
  }
}

/** The file lies where SQLite cannot keep it whole. */
export class UnsupportedLocationError extends DatabaseOpenError {
  constructor(path: string, kind: string) {
    super(
      `The database ${path} would lie on ${kind}, which can lose or damage it. Nothing was written.`,
      'Choose a folder on a disk of this machine with --data.',
    )
    this.name = 'UnsupportedLocationError'
  }
}

/** A whole SQLite database, made by another program. */
export class ForeignDatabaseError extends DatabaseOpenError {
  constructor(path: string) {
    super(`${path} is a database of another program. Nothing was changed.`, 'Choose another folder with --data.')
    this.name = 'ForeignDatabaseError'
  }
}

/** The database was written by a later version of the program. */
export class NewerDatabaseError extends DatabaseOpenError {
  constructor(path: string, found: number, known: number) {
    super(
      `The database ${path} was made by a newer version (schema ${found}, this program knows ${known}). Nothing was changed.`,
      'Update the program, or open a copy made before the update.',
    )
    this.name = 'NewerDatabaseError'
  }
}
