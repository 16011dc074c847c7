import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { open, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { holds } from '#test/servers/second-server.ts'
import { type OwnCluster, startOwnCluster } from './own-cluster.ts'
import { caseOf, isServed, isTypedRefusal } from './refusal.ts'

// The disk under Postgres is full. Writes are refused as the catalogue says, the server lives, and when there is room
// again it serves on by itself with everything that it acknowledged.

const SIZE = '170m'
const NORMAL_LIMIT_MS = 30_000
const WRITES_MOST = 400
const PARTIES = 200

interface Disk {
  folder: string | undefined
  fill(server: OwnCluster): Promise<void>
  free(server: OwnCluster): Promise<void>
  remove(): void
}

/** A small disk of its own, which only root may mount; else Postgres itself says that its disk is full. */
async function smallDisk(): Promise<Disk> {
  if (process.getuid?.() !== 0) return saidToBeFull()
  const folder = join(tmpdir(), `ecc-disk-${process.pid}`)
  execFileSync('sh', ['-c', `mkdir -p ${folder} && mount -t tmpfs -o size=${SIZE},mode=0711 tmpfs ${folder}`])
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill: async () => {
      const file = await open(ballast, 'w')
      const room = Buffer.alloc(65_536)
      while ((await statfs(folder)).bavail > 0) await file.write(room).catch(() => undefined)
      await file.close()
    },
    free: () => rm(ballast),
    remove: () => execFileSync('sh', ['-c', `umount -l ${folder} && rmdir ${folder}`]),
  }
}

function saidToBeFull(): Disk {
  const run = async ({ url }: OwnCluster, statement: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  return {
    folder: undefined,
    fill: (server) =>
      run(
        server,
        `create function full_disk() returns trigger language plpgsql as
           $$ begin raise exception 'could not extend file: no space left'
             using errcode = 'disk_full'; end $$;
         create trigger full_disk before insert on case_party for each statement execute function full_disk()`,
      ),
    free: (server) => run(server, 'drop trigger full_disk on case_party'),
    remove: () => {},
  }
}

test('a full disk under Postgres: typed refusals, the server lives and is normal again by itself', async (t) => {
  const disk = await smallDisk()
  // The disk goes last, after everything that lies on it; node:test runs what is registered first.
  const server = await startOwnCluster(t, disk.folder).finally(() => t.after(disk.remove))
  const clerk = await server.as('linjing')
  const acknowledged: string[] = []
  const write = async (cause: string) => {
    const debtors = Array.from({ length: PARTIES }, (_, index) => ({ name: `${cause}被执行人${index}` }))
    const reply = await clerk.post('/cases', { ...caseOf(cause), debtors })
    if (reply.status === 201) acknowledged.push(cause)
    else isTypedRefusal(reply)
    return reply.status
  }
  assert.equal(await write('之前'), 201)
  await disk.fill(server)
  let number = 0
  while (number < WRITES_MOST && (await write(`满时第${number}件`)) === 201) number += 1
  assert.ok(number < WRITES_MOST, 'the disk was full')
  const read = await clerk.get('/cases')
  if (read.status !== 200) isTypedRefusal(read)
  await disk.free(server)
  await holds('it is normal again', NORMAL_LIMIT_MS, async () => {
    number += 1
    return (await write(`之后第${number}件`)) === 201
  })
  await holds('reads too', NORMAL_LIMIT_MS, isServed(clerk))
  const causes: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page = await clerk.read(`/cases?limit=200${next && `&after=${next}`}`)
    causes.push(...page.items.map((row: { cause: string }) => row.cause))
    next = page.next
  }
  assert.deepEqual(causes.sort(), acknowledged.sort())
  assert.deepEqual(
    server.lines.filter((line) => line.includes('server.fault')),
    [],
  )
})
