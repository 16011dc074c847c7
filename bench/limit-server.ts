import { createServer, type IncomingMessage } from 'node:http'
import pg from 'pg'
import { gramsOf } from '#cases/case/name-grams.ts'
import { CASE, LIST, RECOUNT, RELATED, SEARCH, WORKBENCH } from './limit-reads.ts'

// The limit, as a process of its own: node:http and pg, one prepared statement for each question, nobody asked who he
// is. The database's address comes in the environment; the port is the first line of what it prints.

const CONNECTIONS = 20

const pool = new pg.Pool({
  connectionString: process.env.LIMIT_DATABASE_URL ?? '',
  max: CONNECTIONS,
  // As the product's own connections have it: both write to the same indexes.
  options: '-c gin_pending_list_limit=64',
})

type Answer = (query: URLSearchParams, body: string) => Promise<string>

const text = (query: URLSearchParams, ...names: string[]) => names.map((name) => query.get(name))

async function json(name: string, statement: string, values: unknown[]): Promise<string> {
  const { rows } = await pool.query<{ json: string }>({ name, text: statement, values })
  return rows[0]?.json ?? 'null'
}

const ANSWERS: Readonly<Record<string, Answer>> = {
  '/list': async (query) => `{"items":${await json('list', LIST, text(query, 'court', 'state', 'on'))},"next":null}`,
  '/case': (query) => json('case', CASE, text(query, 'court', 'id', 'on')),
  '/related': async (query) => `{"items":${await json('related', RELATED, text(query, 'court', 'id'))}}`,
  '/search': async (query) => {
    const name = query.get('q') ?? ''
    const values = [query.get('court'), gramsOf(name), `%${name}%`, query.get('on')]
    return `{"items":${await json('search', SEARCH, values)},"next":null}`
  },
  '/workbench': (query) => json('workbench', WORKBENCH, text(query, 'court', 'on')),
  '/counts': (query) => json('counts', RECOUNT, text(query, 'court')),
  '/create': (query, body) => {
    JSON.parse(body)
    const values = text(query, 'court', 'person', 'account', 'key')
    return json('create', 'select bench.create_case($1, $2, $3, $4) as json', values)
  },
  '/act': (query, body) => {
    JSON.parse(body)
    const values = text(query, 'court', 'thing', 'person', 'account', 'key', 'holder')
    return json('act', 'select bench.act($1, $2, $3, $4, $5, $6) as json', values)
  },
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://limit')
  try {
    const answer = await (ANSWERS[pathname] as Answer)(searchParams, await bodyOf(request))
    const bytes = Buffer.from(answer)
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': bytes.length }).end(bytes)
  } catch (error) {
    console.error(error)
    response.writeHead(500, { 'Content-Length': 0 }).end()
  }
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port))
process.on('SIGTERM', () => process.exit(0))
