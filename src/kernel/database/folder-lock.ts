import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartRefusal } from './settings.ts'

// Locks between processes that end with the process that holds them, however it ends. SQLite takes them from the
// kernel on an empty file; nothing is ever written into it.

const BUSY = 5
const RETRY_MS = 20

/** One who uses what the file stands for. `leave` is called under the same lock as `bePresent`. */
export interface Presence {
  /** Ends the presence; true where nobody else is present. */
  leave(): boolean
}

// A lock whose handle is forgotten would be released by the garbage collector.
const held = new Set<DatabaseSync>()

/** Runs `work` while no other process (and nobody else in this one) runs under the same file. */
export async function underLock<T>(file: string, work: () => Promise<T>, waitMs = 300_000): Promise<T> {
  const lock = open(file)
  try {
    for (let waited = 0; !tryBegin(lock, 'begin exclusive'); waited += RETRY_MS) {
      if (waited >= waitMs) throw new StartRefusal(`${file} 被另一个进程占用已超过 ${waitMs / 1000} 秒，请稍后再试。`)
      await sleep(RETRY_MS)
    }
    return await work()
  } finally {
    close(lock)
  }
}

/** Registers this process as present until it leaves or ends. */
export function bePresent(file: string): Presence {
  const lock = open(file)
  lock.exec('begin')
  lock.prepare('select count(*) from sqlite_schema').get()
  return {
    leave: () => {
      lock.exec('commit')
      const alone = tryBegin(lock, 'begin exclusive')
      close(lock)
      return alone
    },
  }
}

function open(file: string): DatabaseSync {
  try {
    const lock = new DatabaseSync(file, { timeout: 0 })
    held.add(lock)
    return lock
  } catch (error) {
    throw new StartRefusal(`不能在 ${file} 上加锁：请检查该文件夹的归属和权限。`, { cause: error })
  }
}

function close(lock: DatabaseSync): void {
  if (!held.delete(lock)) return
  if (lock.isTransaction) lock.exec('rollback')
  lock.close()
}

function tryBegin(lock: DatabaseSync, statement: string): boolean {
  try {
    lock.exec(statement)
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === BUSY) return false
    throw error
  }
}
