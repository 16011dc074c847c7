import assert from 'node:assert/strict'
import { join } from 'node:path'
import { RunningServer } from '#bin/crash/running-server.ts'
import { articleTest } from '#test/articles.ts'
import { startTestServer } from '#test/harness.ts'
import { holderOf } from '#test/suite/cast.ts'
import { holds } from './second-server.ts'

// The clockworks of two servers wake at the same instant, a hundred limits pass, and one of the two dies in the middle.

const CASES = 100
const AT_ONCE = 10
const LIMIT_MS = 30_000
/** Long enough for two servers to start on a busy machine. */
const BEFORE_MS = 8_000

articleTest(
  ['17'],
  'a hundred limits pass, one of two servers is killed in the middle: a hundred orders',
  async (t) => {
    const first = await startTestServer(t)
    const clerk = await first.as('linjing')
    const { personId } = await holderOf(first, '吉0193', 'team.judge')
    for (let made = 0; made < CASES; made += AT_ONCE) {
      const filed = { kind: '首次执行', filedOn: '2021-09-30', judgeId: personId }
      const parties = { creditors: [{ name: '某某' }], debtors: [{ name: '某某' }] }
      await Promise.all(Array.from({ length: AT_ONCE }, () => clerk.do('/cases', { ...filed, ...parties })))
    }
    // One limit of each case is watched; its reminder has gone out, and it passes eight seconds from now.
    await first.sql(`update clock set next_rung = null, next_rung_at = null where rule_id <> 'node.notice'`)
    const [due] = await first.sql<{ on: string }>(
      `select min(due_on)::text as on from clock where rule_id = 'node.notice'`,
    )
    first.time.travelTo(`${due?.on}T10:00:00+08:00`)
    await first.app.worker.sweep()
    await first.sql(
      `update demonstration set started_at = now() + interval '${BEFORE_MS} milliseconds',
       starts_at = (select min(next_rung_at) from clock where next_rung = 'overdue')`,
    )
    const place = { dataDir: first.dataDir, databaseUrl: first.url }
    const faults: string[] = []
    const [doomed, survivor] = ['1', '2'].map(
      (name) =>
        new RunningServer(name, { ...place, log: join(first.dataDir, `server-${name}.log`) }, (fault) =>
          faults.push(fault),
        ),
    ) as [RunningServer, RunningServer]
    t.after(() => Promise.all([doomed.kill(), survivor.kill()]))
    await Promise.all([doomed.start(), survivor.start()])
    const orders = async () => Number((await first.sql<{ n: bigint }>('select count(*) as n from node_order'))[0]?.n)
    await holds('the clockworks have begun', LIMIT_MS, async () => (await orders()) >= AT_ONCE)
    await doomed.kill()
    const before = await orders()
    assert.ok(before < CASES, `killed in the middle, not after ${before}`)
    await holds('the other one does the rest', LIMIT_MS, async () => (await orders()) === CASES)
    assert.equal(await survivor.stop(), true)
    assert.deepEqual(await first.sql(FOUND), [{ orders: CASES, clocks: CASES, rungs: CASES, told: CASES }])
    const listed = await (await first.as('linjing')).read('/supervision-orders?limit=200')
    assert.equal(listed.items.length, CASES)
    assert.deepEqual(faults, [])
  },
)

const FOUND = `
  select (select count(*)::int from matter_supervision_order where source = '节点超期') as orders,
    (select count(distinct clock_id)::int from node_order) as clocks,
    (select count(*)::int from clock_rung where rung = 'overdue') as rungs,
    (select count(*)::int from outbox where title like '新的事项督办%') as told`
