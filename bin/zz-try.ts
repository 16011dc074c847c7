import pg from 'pg'
import { execFileSync, spawnSync } from 'node:child_process'
import { openDatabaseServer } from '#kernel/database/server.ts'
import { readSettings } from '#kernel/database/settings.ts'
import { copyIn } from '#kernel/backup/copy.ts'
import { Random } from '#bench/random.ts'
import { append } from '#bin/tamper/made-record.ts'
import { GENESIS } from '#kernel/audit/chain.ts'
const held = await openDatabaseServer(readSettings({ DATA_DIR: '/tmp/bk/a' }))
try {
  const c = new pg.Client({ connectionString: held.url }); await c.connect()
  await c.query(`create role plain login password 'x' nosuperuser createrole`)
  await c.query('grant ecc_app, ecc_verifier to plain')
  await c.query('create database plain1 owner plain'); await c.query('create database plain2 owner plain')
  const u = new URL(held.url); u.username = 'plain'; u.password = 'x'
  const env = (db: string, dir: string) => { u.pathname = '/' + db; return { ...process.env, DATABASE_URL: u.href, DATA_DIR: dir } }
  const run = (cmd: string[], e: NodeJS.ProcessEnv) => { const r = spawnSync(process.execPath, cmd, { env: e, encoding: 'utf8' }); console.log(cmd[0], r.status, r.stdout.slice(-400), r.stderr.slice(-600)) }
  run(['bin/import.ts', 'src/cases/import/sample/样例-执行案件明细表.xlsx', '--court', '吉0193', '--as-of', '2021-09-30'], env('plain1', '/tmp/bk/p1'))
  run(['bin/backup.ts', '--to', '/tmp/bk/plain.tar'], env('plain1', '/tmp/bk/p1'))
  run(['bin/restore.ts', '--from', '/tmp/bk/plain.tar'], env('plain2', '/tmp/bk/p2'))
  run(['bin/audit-verify.ts'], env('plain2', '/tmp/bk/p2'))
  // a million entries
  const chain = { courtId: 2201, rows: [] as any[], head: { seq: 0n, hash: GENESIS } }
  const random = new Random(1)
  const t0 = performance.now()
  for (let k = 0; k < 100; k++) {
    for (let n = 0; n < 10_000; n++) append(chain as never, random)
    const text = chain.rows.map((r) => [2201, r.seq, r.at.toISOString(), r.actor_id ?? '\\N', r.actor_name, r.verb, r.thing_kind ?? '\\N', r.thing_id ?? '\\N', r.thing_label ?? '\\N', r.summary, '\\\\x' + r.previous_hash.toString('hex'), '\\\\x' + r.hash.toString('hex')].join('\t')).join('\n') + '\n'
    await copyIn(c, 'copy audit (court_id, seq, at, actor_id, actor_name, verb, thing_kind, thing_id, thing_label, summary, previous_hash, hash) from stdin', Buffer.from(text))
    chain.rows = []
  }
  await c.query('insert into audit_head values (2201, $1, $2)', [String(chain.head.seq), chain.head.hash])
  console.log('made', performance.now() - t0)
  const t1 = performance.now()
  run(['bin/audit-verify.ts', '--court', '吉01'], { ...process.env, DATA_DIR: '/tmp/bk/a' })
  run(['bin/audit-verify.ts'], { ...process.env, DATA_DIR: '/tmp/bk/a' })
  console.log('verify twice s', (performance.now() - t1) / 1000)
  const t2 = performance.now()
  run(['bin/backup.ts', '--to', '/tmp/bk/million.tar', '--json'], { ...process.env, DATA_DIR: '/tmp/bk/a' })
  console.log('backup s', (performance.now() - t2) / 1000)
  await c.end()
} finally { await held.release() }
const t3 = performance.now()
const r = spawnSync(process.execPath, ['bin/restore.ts', '--from', '/tmp/bk/million.tar'], { env: { ...process.env, DATA_DIR: '/tmp/bk/m' }, encoding: 'utf8' })
console.log(r.status, r.stdout, r.stderr.slice(-500), 'restore s', (performance.now() - t3) / 1000)
