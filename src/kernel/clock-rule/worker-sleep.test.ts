import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { problem } from '#kernel/problem/problem.ts'
import { startTestServer } from '#test/harness.ts'
import { startClock } from './store.ts'
import { clockWorker, type RungHandler } from './worker.ts'

// How long the clockwork sleeps between two sweeps. Its own timer is taken from it: the test says when it wakes.

const COURT = 220193

test('the clockwork sleeps until the earliest rung, half a minute at most', async (t) => {
  const server = await startTestServer(t)
  const { services } = server.app
  server.time.travelTo('2021-03-01T09:00:00+08:00')
  const rule = services.law.now().rules.find(({ id }) => id === 'node.notice')
  assert.ok(rule)
  const timers: { ms: number; wake: () => void; token: object }[] = []
  const ended: unknown[] = []
  let asleep = () => {}
  const { setTimeout: real, clearTimeout: realEnd } = globalThis
  t.mock.method(globalThis, 'setTimeout', (work: () => void, ms: number, ...more: unknown[]) => {
    const isOwn = work.name === 'begin' && new Error('who asks').stack?.includes('clock-rule/worker.ts')
    if (!isOwn) return real(work, ms, ...more)
    const token = {}
    timers.push({ ms, wake: work, token })
    asleep()
    return token
  })
  t.mock.method(globalThis, 'clearTimeout', (timer: NodeJS.Timeout) => {
    ended.push(timer)
    if (timers.every(({ token }) => token !== timer)) realEnd(timer)
  })
  const log: string[] = []
  let act: RungHandler = async () => {}
  const workerOf = (own = services) =>
    clockWorker(
      own,
      (passed) => act(passed),
      (line) => log.push(line),
    )
  /** Starts what `begin` starts, and says for how long it sleeps then. */
  const sleepAfter = async (begin: () => void): Promise<number | undefined> => {
    await new Promise<void>((resolve) => {
      asleep = resolve
      begin()
    })
    return timers.at(-1)?.ms
  }
  const setNext = (seconds: number) =>
    server.sql('update clock set next_rung_at = $1::timestamptz where court_id = $2', [
      new Date(server.time.now().getTime() + seconds * 1_000),
      COURT,
    ])

  const worker = workerOf()
  assert.equal(await sleepAfter(() => worker.start()), 30_000, 'nothing is due at all')
  const wake = () => timers.at(-1)?.wake()
  const thing = { courtId: COURT, counterpartCourtId: null, id: randomUUID() }
  const start = { name: '甲', label: '甲', rule, startFact: '立案日期', startOn: '2021-03-01', fixed: null }
  await services.database.write({ courtIds: [COURT] }, (tx) =>
    startClock({ tx, at: server.time.now(), on: '2021-03-01', kind: { id: 'test' }, thing, services }, start),
  )
  for (const [inSeconds, ms] of [
    [600, 30_000],
    [30, 30_000],
    [5, 5_000],
    [0.2, 1_000],
  ] as const) {
    await setNext(inSeconds)
    assert.equal(await sleepAfter(wake), ms, `the earliest in ${inSeconds} s`)
  }
  assert.deepEqual(log, [])

  await server.sql(`update clock set due_on = '2021-02-01', next_rung = 'overdue'`)
  await setNext(-5)
  act = async () => {
    throw problem('database.unavailable')
  }
  assert.equal(await sleepAfter(wake), 2_000, 'a sweep that failed is tried again soon')
  assert.deepEqual(log.splice(0), [`clock worker: ${problem('database.unavailable').message}`])
  const database = { ...services.database, read: () => Promise.reject('a word') }
  const deaf = workerOf({ ...services, database })
  assert.equal(await sleepAfter(() => deaf.start()), 2_000)
  assert.deepEqual(log.splice(0), ['clock worker: a word'])
  await deaf.stop()
  assert.ok(ended.includes(timers.at(-1)?.token), 'stopped, it keeps no process waiting')

  const slept = timers.length
  act = async () => void worker.stop()
  timers.at(-2)?.wake()
  await worker.stop()
  assert.equal(timers.length, slept, 'stopped in the middle of a sweep it does not go to sleep again')
})
