import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'
import { APPLICATION_ROLE } from './database.ts'
import { StartRefusal } from './settings.ts'

// The application logs in under a role of its own, which owns nothing and can become nobody else: what is smuggled into
// a statement may `reset role` and finds itself with the same rights. The owner makes the role when a server starts;
// its name is random, for roles belong to the whole cluster, and its password stands where only the owner reads it.

interface Login {
  name: string
  password: string
}

const ITERATIONS = 4_096
const WRONG_PASSWORD = '28P01'
const MAY_NOT = '42501'

/**
 * Makes the database's login role, or mends what is missing of it, and proves that it can log in. `client` is the
 * owner's, under the lock of the migrations. Throws StartRefusal.
 */
export async function ensureLogin(client: pg.Client, url: string): Promise<void> {
  const known = await loginOf(client)
  const login = known ?? { name: `ecc_login_${randomBytes(8).toString('hex')}`, password: newPassword() }
  await refusingRights(client, async () => {
    await client.query('begin')
    await makeRole(client, login)
    if (!known) await client.query('insert into application_login (name, password) values ($1, $2)', [...values(login)])
    await client.query('commit')
  })
  await refuseExcess(client, login)
  const failure = await tryLogin(url, login)
  if (failure?.code === WRONG_PASSWORD) {
    await refusingRights(client, () => client.query(`alter role ${login.name} password '${verifierOf(login)}'`))
    await refuseClosed(login, await tryLogin(url, login))
  } else await refuseClosed(login, failure)
}

/** The owner's address of a database with the application's login instead of the owner's. */
export async function applicationUrl(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const login = await loginOf(client).finally(() => client.end())
  if (!login) throw new Error('the database was not prepared: it has no application login')
  return withLogin(ownerUrl, login)
}

/** As parameters: they go before what stands in front of the host, and an address of a socket has no such place. */
function withLogin(ownerUrl: string, login: Login): string {
  const url = new URL(ownerUrl)
  url.searchParams.set('user', login.name)
  url.searchParams.set('password', login.password)
  return url.href
}

async function loginOf(client: pg.Client): Promise<Login | undefined> {
  return (await client.query<Login>('select name, password from application_login')).rows[0]
}

const values = ({ name, password }: Login) => [name, password] as const

const newPassword = () => randomBytes(24).toString('base64url')

async function makeRole(client: pg.Client, login: Login): Promise<void> {
  const { name } = login
  const there = await client.query('select from pg_roles where rolname = $1', [name])
  if (there.rowCount === 0) {
    await client.query(`create role ${name} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls inherit
      password '${verifierOf(login)}'`)
  }
  const member = await client.query('select pg_has_role($1, $2, $3) as yes', [name, APPLICATION_ROLE, 'member'])
  if (!member.rows[0]?.yes) await client.query(`grant ${APPLICATION_ROLE} to ${name}`)
}

/** What the server keeps instead of the password, so that no statement and no log of statements ever holds that. */
function verifierOf({ password }: Login): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const keyed = (words: string) => createHmac('sha256', salted).update(words).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}

/** A role that somebody has since given more than the application needs would undo what it is for. */
async function refuseExcess(client: pg.Client, { name }: Login): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name from pg_roles r where rolname in ($1, $2) and (
       rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
       or exists (select from pg_auth_members m where m.member = r.oid and m.roleid::regrole::text <> $2))`,
    [name, APPLICATION_ROLE],
  )
  if (rows.length === 0) return
  const names = rows.map((row) => row.name).join('、')
  throw new StartRefusal(`数据库角色 ${names} 的权限多于应用所需：请由管理员收回其属性和所属角色后再启动。`)
}

type Failure = Error & { code?: string }

async function tryLogin(url: string, login: Login): Promise<Failure | null> {
  const client = new pg.Client({ connectionString: withLogin(url, login), connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('select session_user::text as name')
    return rows[0]?.name === login.name ? null : new Error(`session_user = ${rows[0]?.name}`)
  } catch (error) {
    return error as Failure
  } finally {
    await client.end().catch(() => {})
  }
}

function refuseClosed(login: Login, failure: Failure | null): void {
  if (failure === null) return
  throw new StartRefusal(
    `应用登录角色 ${login.name} 登录不了（${failure.message}）：请在 pg_hba.conf 或连接池中允许它以口令登录本库。`,
    { cause: failure },
  )
}

/** Says what the owner of the database lacks where it may not make or grant roles. */
export async function refusingRights(client: pg.Client, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    await client.query('rollback')
    const { code, message } = error as Failure
    if (code !== MAY_NOT) throw error
    const { rows } = await client.query('select quote_ident(current_user) as name')
    const name = rows[0]?.name
    throw new StartRefusal(
      `DATABASE_URL 的用户 ${name} 不能为应用建立登录角色（${message}）：请由管理员执行 ALTER ROLE ${name} CREATEROLE；` +
        `角色 ${APPLICATION_ROLE} 若由他人建立，再执行 GRANT ${APPLICATION_ROLE} TO ${name} WITH ADMIN OPTION。`,
      { cause: error },
    )
  }
}
