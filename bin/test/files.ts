import { readImports } from '#test/import-graph.ts'
import { readTree } from '#test/tree.ts'

// What a test file needs is read from what it can reach: nobody has to sort the tests by hand.

/**
 * pure: nothing but the code · server: a database of the run · cluster: programs of its own, Postgres among them ·
 * browser: Chromium, too.
 */
export type Need = 'pure' | 'server' | 'cluster' | 'browser'

const MARKS: readonly (readonly [Need, RegExp])[] = [
  ['browser', /^(bin\/chromium\.ts|playwright-core|test\/journeys\/.*)$/],
  ['server', /^test\/harness\.ts$/],
  ['cluster', /^(src\/kernel\/database\/server\.ts|src\/main\.ts|node:child_process)$/],
]

/** Every test file of the repository, path from its root, with what it needs. */
export function testFiles(): Map<string, Need> {
  const edges = new Map<string, string[]>()
  for (const { from, target, typeOnly } of readImports()) {
    if (!typeOnly) edges.set(from, [...(edges.get(from) ?? []), target])
  }
  const paths = readTree().filter(({ path }) => /^(src|bin|test|rules|document|bench)\/.*\.test\.ts$/.test(path))
  return new Map(paths.map(({ path }) => [path, needOf(path, edges)]))
}

function needOf(path: string, edges: ReadonlyMap<string, readonly string[]>): Need {
  const reached = new Set([path])
  // A set grows while it is walked, and the walk goes on to what was added.
  for (const file of reached) for (const target of edges.get(file) ?? []) reached.add(target)
  const found = MARKS.find(([, mark]) => [...reached].some((file) => mark.test(file)))
  return found?.[0] ?? 'pure'
}
