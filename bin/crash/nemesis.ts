import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Random } from '#bench/random.ts'
import { findPostmaster } from '#kernel/database/postmaster.ts'
import type { RunningServer } from './running-server.ts'
import type { WriteLog } from './write-log.ts'
import type { WritingClient } from './writing-client.ts'

// The one who kills: a server, a line to the database, Postgres by force, Postgres by its own immediate stop. After
// each kill it waits until both servers answer again, and takes the time.

export const RECOVERY_LIMIT_MS = 30_000
const LOOK_MS = 50

const KILLS = { server: 3, backend: 4, postmaster: 2, immediate: 2 } as const
export type Kill = keyof typeof KILLS

export interface Nemesis {
  kills: Record<Kill, number>
  recoveriesMs: number[]
}

export interface Prey {
  dataDir: string
  servers: readonly RunningServer[]
  /** Somebody signed in, who sees whether a server answers. */
  watcher: WritingClient
}

/** Kills `count` times, with a moment of work in between; `said` hears of each. */
export async function haunt(
  prey: Prey,
  count: number,
  random: Random,
  log: WriteLog,
  said: (sentence: string) => void,
): Promise<Nemesis> {
  const done: Nemesis = { kills: { server: 0, backend: 0, postmaster: 0, immediate: 0 }, recoveriesMs: [] }
  // Each way is met at least once, also where only few kills are asked for.
  const first = Object.keys(KILLS) as Kill[]
  for (let number = 1; number <= count; number += 1) {
    await sleep(random.whole(200, 1_200))
    const kill = first.splice(random.whole(0, Math.max(0, first.length - 1)), 1)[0] ?? random.weighted(KILLS)
    const began = performance.now()
    await WAYS[kill](prey, random)
    await recovered(prey, began, log)
    const tookMs = Math.round(performance.now() - began)
    done.kills[kill] += 1
    done.recoveriesMs.push(tookMs)
    said(`${number}/${count} ${kill} ${tookMs} ms`)
  }
  return done
}

const WAYS: Readonly<Record<Kill, (prey: Prey, random: Random) => Promise<void>>> = {
  server: async ({ servers }, random) => {
    const server = random.pick(servers)
    await server.kill()
    await server.start()
  },
  backend: async ({ servers }, random) => {
    const client = new pg.Client({ connectionString: servers[0]?.databaseUrl })
    client.on('error', () => {})
    await client.connect()
    const { rows } = await client.query<{ pid: number }>(`select pid from pg_stat_activity
      where backend_type = 'client backend' and datname = current_database() and pid <> pg_backend_pid() order by pid`)
    const victim = random.pick(rows)
    if (victim) await client.query('select pg_terminate_backend($1)', [victim.pid])
    await client.end()
  },
  postmaster: ({ dataDir }) => signalPostmaster(dataDir, 'SIGKILL'),
  // What pg_ctl stop -m immediate sends.
  immediate: ({ dataDir }) => signalPostmaster(dataDir, 'SIGQUIT'),
}

async function signalPostmaster(dataDir: string, signal: NodeJS.Signals): Promise<void> {
  const cluster = join(dataDir, 'postgres')
  const pid = await findPostmaster(cluster)
  if (pid === null) throw new Error('no postmaster runs')
  process.kill(pid, signal)
  while ((await findPostmaster(cluster)) === pid) await sleep(LOOK_MS)
}

async function recovered({ servers, watcher }: Prey, began: number, log: WriteLog): Promise<void> {
  for (;;) {
    const served = await Promise.all(servers.map((_, number) => watcher.isServedBy(number)))
    if (served.every((one) => one)) return
    if (performance.now() - began > RECOVERY_LIMIT_MS) {
      log.violation(`${RECOVERY_LIMIT_MS / 1_000} 秒内没有恢复`)
      return
    }
    await sleep(LOOK_MS)
  }
}
