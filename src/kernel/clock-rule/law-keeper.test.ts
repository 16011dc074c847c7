import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '#kernel/database/database.ts'
import type { Law } from '#kernel/matter/acting.ts'
import { lawKeeper } from './rule-store.ts'

// The law in memory: which of several readings counts, and that a lost one is made up for. The database is a port
// here, because a real one ends its readings in the order in which they were asked.

const lawOf = (id: string) => ({ rules: [{ id }], calendar: {} }) as unknown as Law

interface Reading {
  ends(law: string): void
  fails(): void
}

function port() {
  const readings: Reading[] = []
  const port = { readings, isHeard: true, tell: () => {} }
  const database = {
    read: () =>
      new Promise((resolve, reject) => {
        readings.push({ ends: (law) => resolve(lawOf(law)), fails: () => reject(new Error('away')) })
      }),
    listen: async (_channel: string, hear: () => void) => {
      port.tell = hear
      return async () => void Object.assign(port, { isHeard: false })
    },
  }
  return { port, database: database as unknown as Database }
}

const settled = () => new Promise(setImmediate)

test('the reading asked for last counts, a failed one is tried again, and stopped nothing stays', async (t) => {
  const { port: one, database } = port()
  interface Timer {
    work: () => void
    ms: number
    isHeld: boolean
    unref(): void
  }
  const timers: Timer[] = []
  const ended: unknown[] = []
  const timerOf = (work: () => void, ms: number) => {
    const timer: Timer = { work, ms, isHeld: true, unref: () => void Object.assign(timer, { isHeld: false }) }
    timers.push(timer)
    return timer
  }
  for (const name of ['setTimeout', 'setInterval'] as const) t.mock.method(globalThis, name, timerOf)
  for (const name of ['clearTimeout', 'clearInterval'] as const)
    t.mock.method(globalThis, name, (timer: unknown) => void ended.push(timer))

  const opening = lawKeeper(database)
  one.readings[0]?.ends('first')
  const keeper = await opening
  const now = () => keeper.now().rules[0]?.id
  assert.equal(now(), 'first')
  const [every] = timers
  assert.deepEqual([timers.length, every?.ms, every?.isHeld], [1, 60_000, false])

  for (const [first, second] of [
    [1, 0],
    [0, 1],
  ] as const) {
    const from = one.readings.length
    const under = [keeper.reload(), keeper.reload()]
    for (const at of [first, second]) {
      one.readings[from + at]?.ends(`${from} ${at}`)
      await under[at]
    }
    assert.equal(now(), `${from} 1`, 'what was asked for before is older, whichever ends last')
  }

  for (const asks of [() => one.tell(), () => every?.work()]) {
    const before = now()
    asks()
    one.readings.at(-1)?.fails()
    await settled()
    const retry = timers.at(-1)
    assert.deepEqual([retry?.ms, retry?.isHeld, now()], [1_000, false, before])
    const asked = one.readings.length
    retry?.work()
    assert.equal(one.readings.length, asked + 1)
    one.readings.at(-1)?.ends(`after ${asked}`)
    await settled()
    assert.equal(now(), `after ${asked}`)
  }
  const last = timers.at(-1)
  assert.ok(ended.includes(timers.at(-2)), 'one that waited is taken off')
  ended.length = 0
  await keeper.stop()
  assert.deepEqual([ended.includes(every), ended.includes(last), one.isHeard], [true, true, false])
})
