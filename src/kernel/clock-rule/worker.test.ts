import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Tx } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { problem } from '#kernel/problem/problem.ts'
import { startTestServer } from '#test/harness.ts'
import { setLimit, startClock, type Timing } from './store.ts'
import { clockWorker, type PassedRung, type RungHandler } from './worker.ts'

// The clockwork with nothing behind it: which rung of which clock it hands over, and what it does when that fails.

const COURT = 220193
const ASKED_MOST = 1_000

test('the clockwork', async (t) => {
  const server = await startTestServer(t)
  // A sweep that finds no end asks for the time for ever.
  let asked = 0
  const now = () => {
    asked += 1
    if (asked > ASKED_MOST) throw new Error('a sweep without end')
    return server.time.now()
  }
  // The kind of a thing is looked for by its name, wherever it stands.
  const kinds = server.app.services.kinds.toReversed()
  const services = { ...server.app.services, kinds, time: { now } }
  const rule = services.law.now().rules.find(({ id }) => id === 'node.notice')
  assert.ok(rule)
  const heard: string[] = []
  const log: string[] = []
  let passed: PassedRung | undefined
  let act: RungHandler = async () => {}
  const worker = clockWorker(
    services,
    async (one) => {
      passed = one
      await act(one)
      heard.push(`${one.clock.name} ${one.rung}`)
    },
    (line) => log.push(line),
  )
  const inCourt = <T>(work: (tx: Tx) => Promise<T>) => services.database.write({ courtIds: [COURT] }, work)
  const timingOf = (tx: Tx, id: string, kind = 'test'): Timing => ({
    tx,
    at: server.time.now(),
    on: '2021-03-01',
    kind: { id: kind },
    thing: { courtId: COURT, counterpartCourtId: null, id },
    services,
  })
  const start = (name: string) => ({ name, label: `${name}的期限`, rule, startFact: '立案日期', fixed: null })
  const begin = (name: string, id: string = randomUUID(), kind = 'test') =>
    inCourt(async (tx) => {
      await startClock(timingOf(tx, id, kind), { ...start(name), startOn: '2021-03-01' })
      return id
    })
  /** Sweeps once; what was heard meanwhile. */
  const sweep = async () => {
    heard.length = 0
    asked = 0
    const count = await worker.sweep()
    return [count, ...heard.toSorted()]
  }
  const stored = (name: string) =>
    server.sql<{ rung: string }>(
      `select r.rung from clock_rung r join clock c on c.id = r.clock_id where c.name = $1 order by r.rung`,
      [name],
    )

  await t.test('a rung is handed over at its instant, once, with its clock and the court as the actor', async () => {
    server.time.travelTo('2021-03-01T09:00:00+08:00')
    const thing = await begin('甲')
    assert.deepEqual(await sweep(), [0])
    server.time.travelTo('2021-03-09T08:29:59.999+08:00')
    assert.deepEqual(await sweep(), [0])
    server.time.travelTo('2021-03-09T08:30:00+08:00')
    assert.deepEqual(await sweep(), [1, '甲 remind'])
    assert.equal(asked, 3, 'what is due, the clock, and what is due then')
    const [row] = await server.sql<{ id: string }>(`select id from clock where name = '甲'`)
    assert.deepEqual(passed?.clock, {
      courtId: COURT,
      counterpartCourtId: null,
      id: row?.id,
      kind: 'test',
      thingId: thing,
      name: '甲',
      label: '甲的期限',
      dueOn: '2021-03-11',
    })
    const actor = { kind: 'system', name: '系统', courtId: COURT, courtIds: [COURT] }
    assert.deepEqual(passed?.session.actor, actor)
    assert.deepEqual([passed?.session.on, passed?.session.at], ['2021-03-09', server.time.now()])
    assert.deepEqual(await sweep(), [0])
    const [next] = await server.sql(`select next_rung, next_rung_at from clock where name = '甲'`)
    assert.deepEqual(next, { next_rung: 'due', next_rung_at: new Date('2021-03-11T08:30:00+08:00') })
    assert.deepEqual(await server.sql(`select from audit where court_id = ${COURT} and actor_name = '系统'`), [])
  })

  await t.test('after a standstill only the last rung speaks, and all are marked', async () => {
    await begin('乙')
    server.time.travelTo('2021-03-14T10:00:00+08:00')
    assert.deepEqual(await sweep(), [2, '乙 overdue', '甲 overdue'])
    for (const name of ['甲', '乙']) {
      assert.deepEqual(
        (await stored(name)).map(({ rung }) => rung),
        ['due', 'overdue', 'remind'],
      )
    }
    const rows = await server.sql(`select next_rung, next_rung_at from clock where name in ('甲', '乙')`)
    assert.deepEqual(rows, Array(2).fill({ next_rung: null, next_rung_at: null }))
    assert.deepEqual(await sweep(), [0])
  })

  await t.test('a limit that moves speaks anew', async () => {
    const thing = await begin('丙')
    assert.deepEqual(await sweep(), [1, '丙 overdue'])
    await inCourt((tx) => setLimit(timingOf(tx, thing), '丙', '2021-03-20'))
    assert.deepEqual(await sweep(), [0])
    server.time.travelTo('2021-03-21T00:00:00+08:00')
    assert.deepEqual(await sweep(), [1, '丙 overdue'])
    assert.equal((await stored('丙')).length, 6)
  })

  await t.test('a clock whose act fails is named, holds no other up, and is tried again', async () => {
    await begin('丁')
    await begin('戊')
    act = async ({ clock }) => {
      if (clock.name === '丁') throw new Error('no such desk')
    }
    assert.deepEqual(await sweep(), [1, '戊 overdue'])
    const [row] = await server.sql<{ id: string }>(`select id from clock where name = '丁'`)
    assert.equal(log.length, 1)
    assert.match(log[0] ?? '', new RegExp(`^clock ${row?.id}: Error: no such desk\n.*worker`, 's'))
    assert.deepEqual(await stored('丁'), [], 'nothing of it stays')
    act = async () => {
      throw problem('write.busy')
    }
    assert.deepEqual(await sweep(), [0])
    assert.equal(log.splice(0).length, 2)
    act = () => Promise.reject('a word')
    assert.deepEqual(await sweep(), [0])
    assert.deepEqual(log.splice(0), [`clock ${row?.id}: a word`])
    act = async () => {
      throw problem('database.unavailable')
    }
    await assert.rejects(worker.sweep(), { code: 'database.unavailable' })
    assert.deepEqual(log, [])
    act = async () => {}
    assert.deepEqual(await sweep(), [1, '丁 overdue'])
  })

  await t.test('what an act wants recorded is recorded as the system’s, with the act or not at all', async () => {
    await begin('己')
    act = async ({ session }) => void session.audit.push({ verb: 'test.rung', summary: { 操作: '到期' } })
    await server.sql('alter table audit add constraint closed check (false) not valid')
    assert.deepEqual(await sweep(), [0, '己 overdue'])
    assert.deepEqual(await stored('己'), [])
    await server.sql('alter table audit drop constraint closed')
    assert.deepEqual(await sweep(), [1, '己 overdue'])
    const entries = await server.sql(`select actor_name, verb, at from audit where verb = 'test.rung'`)
    assert.deepEqual(entries, [{ actor_name: '系统', verb: 'test.rung', at: server.time.now() }])
    act = async () => {}
    log.length = 0
  })

  await t.test('a clock that another worker has in hand is left to it', async () => {
    await begin('庚')
    await begin('辛')
    await inCourt(async (tx) => {
      await tx.query(sql`select from clock where name = '庚' for update`)
      assert.deepEqual(await sweep(), [1, '辛 overdue'])
    })
    assert.deepEqual(await sweep(), [1, '庚 overdue'])
    assert.deepEqual(log, [])
  })

  await t.test('a clock waits while somebody has its thing in hand; one whose thing is gone speaks', async () => {
    const filing = await server.as('fangmingyu')
    const parties = { creditors: [{ name: '某甲公司' }], debtors: [{ name: '某乙' }] }
    const { id } = await filing.do('/cases', { kind: '首次执行', filedOn: '2021-03-01', ...parties })
    await server.sql('update clock set next_rung = null, next_rung_at = null where next_rung_at is not null')
    await begin('有', id, 'case')
    await begin('无', randomUUID(), 'case')
    await inCourt(async (tx) => {
      await tx.query(sql`select from enforcement_case where id = ${id} for update`)
      assert.deepEqual(await sweep(), [1, '无 overdue'])
    })
    assert.deepEqual(await sweep(), [1, '有 overdue'])
    assert.deepEqual(log, [])
  })

  await t.test('the rungs are those of its own rule', async () => {
    const other = services.law.now().rules.find(({ id }) => id === 'termination.earliest')
    assert.ok(other && other.version === rule.version)
    const at = server.time.now()
    server.time.travelTo('2021-03-02T09:00:00+08:00')
    await inCourt((tx) =>
      startClock(timingOf(tx, randomUUID()), { ...start('久'), rule: other, startOn: '2021-03-01' }),
    )
    const [row] = await server.sql<{ rung: string; at: Date }>(
      `select next_rung as rung, next_rung_at as at from clock where name = '久'`,
    )
    server.time.travelTo((row?.at ?? at).toISOString())
    assert.deepEqual(await sweep(), [1, `久 ${row?.rung}`])
    assert.equal(row?.rung, 'remind-30')
    await server.sql(`update clock set next_rung = null, next_rung_at = null where name = '久'`)
    server.time.travelTo(at.toISOString())
  })

  await t.test('two workers at once fire each rung once', async () => {
    for (let number = 0; number < 12; number += 1) await begin(`双${number}`)
    heard.length = 0
    const other = clockWorker(services, async ({ clock }) => void heard.push(`${clock.name} other`), log.push)
    const counts = await Promise.all([worker.sweep(), other.sweep()])
    assert.equal(counts[0] + counts[1], 12)
    assert.equal(new Set(heard.map((word) => word.split(' ')[0])).size, 12)
    assert.equal(heard.length, 12)
  })

  await t.test('a rule that is not in force here is said', async () => {
    await begin('壬')
    const lawless = { ...services, law: { ...services.law, now: () => ({ ...services.law.now(), rules: [] }) } }
    const other = clockWorker(
      lawless,
      async () => {},
      (line) => log.push(line),
    )
    assert.equal(await other.sweep(), 0)
    assert.match(log.splice(0).join(), /rule node\.notice is not in force here/)
    const halved = services.law.now().rules.map((one) => ({ ...one, version: one.version + 1 }))
    const later = { ...services, law: { ...services.law, now: () => ({ ...services.law.now(), rules: halved }) } }
    assert.equal(
      await clockWorker(
        later,
        async () => {},
        (line) => log.push(line),
      ).sweep(),
      0,
    )
    assert.match(log.splice(0).join(), /not in force/)
    assert.deepEqual(await sweep(), [1, '壬 overdue'])
  })

  await t.test('started, it sweeps by itself; stopped, it ends what it has in hand and nothing more', async () => {
    for (const name of ['癸', '子', '丑']) await begin(name)
    const names: string[] = []
    const fired = Promise.withResolvers<void>()
    const one = clockWorker(
      services,
      async ({ clock }) => {
        names.push(clock.name)
        void one.stop()
        fired.resolve()
      },
      (line) => log.push(line),
    )
    one.start()
    await fired.promise
    await one.stop()
    assert.equal(names.length, 1)
    asked = 0
    one.start()
    await one.stop()
    assert.deepEqual([names.length, asked], [1, 0], 'a stopped one does not begin again')
    assert.equal((await sweep())[0], 2)
    assert.deepEqual(log, [])
  })

  await t.test('more clocks than one batch holds, some of them failing, are all gone through', async () => {
    await inCourt(async (tx) => {
      for (let number = 0; number < 203; number += 1) {
        const start = {
          name: `多${number}`,
          label: '多',
          rule,
          startFact: '立案日期',
          startOn: '2021-03-01',
          fixed: null,
        }
        await startClock(timingOf(tx, randomUUID()), start)
      }
    })
    let failing = 0
    act = async () => {
      failing += 1
      if (failing <= 201) throw new Error('not yet')
    }
    assert.equal((await sweep())[0], 2)
    assert.equal(log.splice(0).length, 201)
  })
})
