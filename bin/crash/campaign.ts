import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '#bench/random.ts'
import { asOwner } from '#kernel/database/owner.ts'
import { sql } from '#kernel/database/sql.ts'
import { timeOf } from '#main'
import { readTruth, SAMPLE_PATH } from '#test/sample.ts'
import { type Board, CLERKS, takeTurn } from './clerks.ts'
import { leftUploads, readFinally } from './final-reads.ts'
import { haunt, type Kill } from './nemesis.ts'
import { RunningServer } from './running-server.ts'
import { WriteLog } from './write-log.ts'
import { WritingClient } from './writing-client.ts'

export interface CampaignOptions {
  kills: number
  seed: number
  said: (sentence: string) => void
}

export interface CampaignReport {
  seed: number
  kills: Record<Kill, number>
  seconds: number
  writes: ReturnType<WriteLog['counts']>
  recovery: { medianMs: number; longestMs: number }
  imported: number
  importRuns: number
  leftUploads: number
  violations: string[]
}

const SETTLE_LIMIT_MS = 120_000
const LOOK_MS = 200
const PAUSE_MOST_MS = 60
const JUDGES = ['sunhaitao', 'yuchunmei', 'hanlixin']

/**
 * Two servers on one throw-away database, sixteen writing clients and a running import; kills at random; then the final
 * reads. The same seed gives the same decisions, though never the same interleaving.
 */
export async function runCampaign({ kills, seed, said }: CampaignOptions): Promise<CampaignReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ecc-campaign-'))
  // Where we are root, Postgres runs as another user.
  await chmod(dataDir, 0o711)
  const log = new WriteLog()
  const began = performance.now()
  const servers = [1, 2].map(
    (number) =>
      new RunningServer(`服务${number}`, { dataDir, log: join(dataDir, `server-${number}.log`) }, (sentence) =>
        log.violation(sentence),
      ),
  )
  try {
    for (const server of servers) await server.start()
    const clients = CLERKS.map(
      ({ username }, place) => new WritingClient(username, servers, new Random(seed, 1, place), log),
    )
    const watcher = new WritingClient('maguodong', servers, new Random(seed, 2), log)
    for (const client of [...clients, watcher]) await client.signIn()
    const board = await boardOf(servers[0]?.databaseUrl ?? '', seed)
    const work = { over: false }
    const importer = clients[CLERKS.findIndex(({ desk }) => desk === 'centre')] as WritingClient
    const working = [
      ...clients.map((client, place) => workAt(client, CLERKS[place]?.desk ?? 'filing', board, work)),
      importAgain(importer, board, work),
    ]
    const nemesis = await haunt({ dataDir, servers, watcher }, kills, new Random(seed, 3), log, said).finally(() => {
      work.over = true
    })
    const importRuns = Number((await Promise.all(working)).at(-1))
    const imported = await settled(servers[0]?.databaseUrl ?? '', log)
    for (const server of servers) {
      if (!(await server.stop())) log.violation(`${server.name} 没有正常停下`)
    }
    // The last server took Postgres with it: the final reads start it again, as the next day would.
    const [reader] = servers as [RunningServer]
    await reader.start()
    await readFinally(reader.databaseUrl, dataDir, log)
    const left = await leftUploads(dataDir)
    await faultsOf(servers, dataDir, log)
    return reportOf({ seed, kills: nemesis.kills, log, recoveriesMs: nemesis.recoveriesMs, began }, imported, {
      importRuns,
      leftUploads: left,
    })
  } finally {
    for (const server of servers) await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function boardOf(url: string, seed: number): Promise<Board> {
  const judges = await asOwner(url, 'read', (tx) =>
    tx.query<{ person_id: string }>(
      sql`select person_id from account where username = any(${JUDGES}) order by username`,
    ),
  )
  let marks = 0
  const mark = () => {
    marks += 1
    return `演练${seed}第${marks}号`
  }
  return { cases: [], orders: [], judges: judges.map((row) => row.person_id), mark }
}

type Desk = Parameters<typeof takeTurn>[1]

async function workAt(client: WritingClient, desk: Desk, board: Board, work: { over: boolean }): Promise<void> {
  while (!work.over) {
    await takeTurn(client, desk, board)
    await sleep(client.random.whole(0, PAUSE_MOST_MS))
  }
}

/** Keeps an import running: the sample, and the same file again when it is done. Returns how many were filed. */
async function importAgain(client: WritingClient, board: Board, work: { over: boolean }): Promise<number> {
  const bytes = await readFile(SAMPLE_PATH)
  let filed = 0
  while (!work.over) {
    const fields = { asOfOn: '2021-09-30', dryRun: 'false' }
    const write = { key: client.random.uuid(), mark: null, action: 'import', thingId: null }
    const run = await client.write(write, { path: '/imports', form: { fields, name: `${board.mark()}.xlsx`, bytes } })
    if (run) filed += 1
    let state = run?.state
    while (!work.over && run && state !== 'done') {
      await sleep(LOOK_MS)
      state = (await client.read(`/imports/${run.id}`)).state
    }
  }
  return filed
}

/** Waits until imports and clockwork have done what was left; returns how many cases came by import. */
async function settled(url: string, log: WriteLog): Promise<number> {
  const began = performance.now()
  const time = await timeOf(url)
  const truth = await readTruth()
  for (;;) {
    const left = await asOwner(url, 'read', async (tx) =>
      tx.one<{ runs: bigint; rungs: bigint; imported: bigint; bad: bigint }>(sql`
        select (select count(*) from import_run where state in ('waiting', 'checking', 'importing')) as runs,
          (select count(*) from import_run where state not in ('waiting', 'checking', 'importing', 'done')) as bad,
          (select count(*) from clock where next_rung_at <= ${time.now()}) as rungs,
          (select count(*) from enforcement_case where export_as_of_on is not null) as imported`),
    )
    const isSettled = left.runs === 0n && left.rungs === 0n
    if (isSettled || performance.now() - began > SETTLE_LIMIT_MS) {
      if (!isSettled) log.violation(`两分钟后仍有 ${left.runs} 个导入、${left.rungs} 个时点没有办完`)
      if (left.bad > 0n) log.violation(`${left.bad} 个导入失败`)
      if (Number(left.imported) !== truth.可入库案件数)
        log.violation(`导入 ${left.imported} 件，应为 ${truth.可入库案件数} 件`)
      return Number(left.imported)
    }
    await sleep(LOOK_MS)
  }
}

/** Faults that only the servers' own logs tell of. */
async function faultsOf(servers: readonly RunningServer[], dataDir: string, log: WriteLog): Promise<void> {
  for (const [place] of servers.entries()) {
    const text = await readFile(join(dataDir, `server-${place + 1}.log`), 'utf8')
    const faults = text
      .split('\n')
      .filter((line) => / server\.fault |Unhandled|Uncaught|node:internal.*throw/.test(line))
    if (faults.length > 0) log.violation(`服务${place + 1}的日志记有 ${faults.length} 处内部错误：${faults[0]}`)
  }
}

function reportOf(
  found: { seed: number; kills: Record<Kill, number>; log: WriteLog; recoveriesMs: number[]; began: number },
  imported: number,
  counts: { importRuns: number; leftUploads: number },
): CampaignReport {
  const sorted = [...found.recoveriesMs].sort((one, other) => one - other)
  return {
    seed: found.seed,
    kills: found.kills,
    seconds: Math.round((performance.now() - found.began) / 1_000),
    writes: found.log.counts(),
    recovery: { medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0, longestMs: sorted.at(-1) ?? 0 },
    imported,
    ...counts,
    violations: found.log.violations,
  }
}
