import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { applicationUrl } from '#kernel/database/application-login.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { StartRefusal } from '#kernel/database/settings.ts'
import { sql } from '#kernel/database/sql.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'

// Under whom the application stands in the database, and that nothing makes it more than that.

test('the pool logs in as a role that is nobody else’s, and what gets into a statement stays that', async (t) => {
  const server = await startTestServer(t)
  const { database } = server.app.services
  const [owner] = await server.sql<{ name: string; is_super: boolean; login: string }>(`
    select quote_ident(current_user) as name, rolsuper as is_super, (select name from application_login) as login
    from pg_roles where rolname = current_user`)
  assert.ok(owner?.is_super, 'of the strongest owner, too')
  const lines = await server.sql(`select distinct usename from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`)
  assert.deepEqual(lines, [{ usename: owner.login }], 'pool, listeners and jobs alike')
  const [role] = await server.sql(
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, array(
      select roleid::regrole::text from pg_auth_members where member = r.oid) as roles
    from pg_roles r where rolname = $1`,
    [owner.login],
  )
  const { roles, ...rights } = role ?? {}
  assert.deepEqual(roles, ['ecc_app'])
  assert.deepEqual(new Set(Object.values(rights)), new Set([false]))

  const escapes = [
    'reset role',
    'reset session authorization',
    'discard all',
    `set role ${owner.login}`,
    'set role none',
  ]
  const closed = [`set role ${owner.name}`, `set session authorization ${owner.name}`, 'set role pg_read_all_data']
  const forbidden = [
    'select password from application_login',
    'update audit set seq = seq',
    'truncate audit',
    'alter table audit disable row level security',
    'create role ecc_intruder superuser',
    `grant ${owner.name} to current_user`,
    'alter role current_user createrole',
  ]
  const client = new pg.Client({ connectionString: await applicationUrl(server.url), options: '-c role=ecc_app' })
  await client.connect()
  try {
    for (const text of [...escapes, ...closed]) {
      const said = await refusal(client.query(text))
      assert.equal(said, closed.includes(text) ? '42501' : 'nothing was refused', text)
      const { rows } = await client.query(`select session_user::text as login, count(*)::int as seen from person`)
      assert.deepEqual(rows, [{ login: owner.login, seen: 0 }], text)
      for (const act of forbidden) assert.equal(await refusal(client.query(act)), '42501', `${text}; ${act}`)
    }
  } finally {
    await client.end()
  }
  const smuggled = database.read({ courtIds: [] }, async (tx) => {
    await tx.query(sql`reset role`)
    return tx.query(sql`select session_user::text as login, count(*)::int as seen from person`)
  })
  assert.deepEqual(await smuggled, [{ login: owner.login, seen: 0 }], 'the pool itself')
})

/** A login of the test's own, so that what is done to the role meets no other database of the cluster. */
async function ownLogin(server: TestServer): Promise<string> {
  await server.sql('delete from application_login')
  await migrate(server.url)
  const [login] = await server.sql<{ name: string }>('select name from application_login')
  return login?.name ?? ''
}

test('a login that was lost or changed is mended at the next start; one that was given more is refused', async (t) => {
  const server = await startTestServer(t)
  const name = await ownLogin(server)
  t.after(() => onCluster(server, `drop role if exists ${name}`))
  const logsIn = async () => {
    const client = new pg.Client({ connectionString: await applicationUrl(server.url) })
    await client.connect()
    return client.query('select from court').finally(() => client.end())
  }
  assert.ok((await logsIn()).rowCount)
  for (const harm of [`drop role ${name}`, `alter role ${name} password 'other'`, `revoke ecc_app from ${name}`]) {
    await server.sql(harm)
    await assert.rejects(logsIn, harm)
    await migrate(server.url)
    assert.ok((await logsIn()).rowCount, harm)
  }
  for (const more of ['createrole', 'bypassrls', 'superuser']) {
    await server.sql(`alter role ${name} ${more}`)
    await assert.rejects(migrate(server.url), (error) => error instanceof StartRefusal && error.message.includes(name))
    await server.sql(`alter role ${name} no${more}`)
  }
  await server.sql(`grant pg_read_all_data to ${name}`)
  await assert.rejects(migrate(server.url), StartRefusal)
  await server.sql(`revoke pg_read_all_data from ${name}`)
  await server.sql(`alter role ${name} nologin`)
  await assert.rejects(migrate(server.url), (error) => error instanceof StartRefusal && /pg_hba/.test(error.message))
  await server.sql(`alter role ${name} login`)
  await Promise.all([1, 2, 3, 4].map(() => migrate(server.url)))
  assert.ok((await logsIn()).rowCount)
})

test('an owner who may make roles needs to be no superuser; one who may not is told what is missing', async (t) => {
  const server = await startTestServer(t)
  const [owner, database] = ['ecc_test_owner', 'ecc_test_owned'].map((name) => `${name}_${process.pid}`)
  const url = new URL(server.url)
  url.username = owner ?? ''
  url.password = 'owner'
  url.pathname = `/${database}`
  await onCluster(server, `create role ${owner} login password 'owner'`)
  await onCluster(server, `create database ${database} owner ${owner}`)
  let login: string | undefined
  t.after(async () => {
    await onCluster(server, `drop database ${database} with (force)`)
    await onCluster(server, `drop role if exists ${login ?? owner}`)
    await onCluster(server, `drop role if exists ${owner}`)
  })
  await assert.rejects(migrate(url.href), (error) => {
    assert.ok(error instanceof StartRefusal)
    assert.match(error.message, new RegExp(`${owner} 不能.*ALTER ROLE ${owner} CREATEROLE.*GRANT ecc_app TO ${owner}`))
    return true
  })
  await onCluster(server, `alter role ${owner} createrole`)
  await onCluster(server, `grant ecc_app, ecc_verifier to ${owner} with admin option`)
  await migrate(url.href)
  login = new URL(await applicationUrl(url.href)).searchParams.get('user') ?? ''
  const client = new pg.Client({ connectionString: await applicationUrl(url.href), options: '-c role=ecc_app' })
  await client.connect()
  try {
    assert.equal(await refusal(client.query(`set role ${owner}`)), '42501')
    assert.equal(await refusal(client.query('select from court')), 'nothing was refused')
  } finally {
    await client.end()
  }
})

async function onCluster(server: TestServer, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url.replace(/\w+$/, 'postgres') })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

async function refusal(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'nothing was refused',
    (error: { code?: string }) => error.code ?? String(error),
  )
}
