import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { composeApp, prepareDatabase } from '#app'
import type { Rule } from '#kernel/clock-rule/rule.ts'
import { machineTime } from '#kernel/time/time.ts'
import { RULES } from '#rules/rules.ts'
import { renderMatter } from './matter-page.ts'
import { namedShapes, renderOpenapi } from './openapi.ts'
import { renderPermissions } from './permission-table.ts'
import { outsideRoutes, renderRoutes, roleVerbs } from './route-list.ts'
import { renderSchema } from './schema.ts'

// The content of derived/ but for coverage.md, which only a complete run of the tests can tell.

const FOLDER = join(import.meta.dirname, '..', '..', 'derived')
const MADE_BY_TESTS = new Set(['coverage.md'])

/** File name below derived/ → content, from the declarations and the empty database at `url`, which it prepares. */
export async function deriveAll(url: string, dataDir: string): Promise<Map<string, string>> {
  await prepareDatabase(url)
  const app = await composeApp({ url, dataDir, time: machineTime, webFolder: null, log: () => {} })
  try {
    await app.server.ready()
    const document = app.server.swagger()
    const kinds = app.chapters.flatMap((chapter) => chapter.kinds)
    const routes = [...app.routes, ...outsideRoutes(app.routes, document)]
    return new Map([
      ['openapi.json', renderOpenapi(document, await namedShapes())],
      ['routes.txt', renderRoutes(routes)],
      ['permissions.csv', renderPermissions(kinds, roleVerbs(app.routes))],
      ['schema.sql', await schemaOf(url)],
      ...kinds.map((kind): [string, string] => [
        `matters/${kind.id}.md`,
        renderMatter(kind, RULES, ownRulesOf(kind.id)),
      ]),
    ])
  } finally {
    await app.close()
  }
}

/** The clocks of a case follow from its facts, not from a declaration: their rules are those of the nodes. */
function ownRulesOf(kindId: string): readonly Rule[] {
  return kindId === 'case' ? RULES.filter(({ id }) => id.startsWith('node.')) : []
}

async function schemaOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await renderSchema(client)
  } finally {
    await client.end()
  }
}

/** The names of files that differ from `fresh`, are missing, or are there and should not be. */
export async function staleFiles(fresh: ReadonlyMap<string, string>): Promise<string[]> {
  const stale: string[] = []
  for (const [name, text] of fresh) {
    if ((await readFile(join(FOLDER, name), 'utf8').catch(() => null)) !== text) stale.push(name)
  }
  const left = (await presentFiles()).filter((name) => !fresh.has(name) && !MADE_BY_TESTS.has(name))
  return [...stale, ...left].sort()
}

/** Writes what differs and removes what should not be there; returns the names of both. */
export async function writeDerived(fresh: ReadonlyMap<string, string>): Promise<string[]> {
  const stale = await staleFiles(fresh)
  for (const name of stale) {
    const path = join(FOLDER, name)
    const text = fresh.get(name)
    await mkdir(dirname(path), { recursive: true })
    if (text === undefined) await rm(path)
    else await writeFile(path, text)
  }
  return stale
}

async function presentFiles(): Promise<string[]> {
  const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(FOLDER.length + 1)
        .replaceAll('\\', '/'),
    )
}
