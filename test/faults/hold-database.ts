import Database from 'better-sqlite3'

/** A program that holds the write lock of the database it is given until its input ends. */
const db = new Database(process.argv[2]!)
db.exec('BEGIN IMMEDIATE')
process.stdout.write('held')
process.stdin.resume().once('end', () => db.close())
