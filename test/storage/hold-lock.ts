import { lockDataDirectory } from '#main/adapters/sqlite/data-lock.ts'

/** A program that holds the data directory it is given until its input ends. */
lockDataDirectory(process.argv[2]!)
process.stdout.write('locked')
process.stdin.resume()
