import { readFileSync } from 'node:fs'
import { readTree } from './tree.ts'

// Who imports whom, read from the sources. Paths are from the root of the repository.

/** The `imports` of package.json: '#kernel/*' → './src/kernel/*'. */
const ALIASES: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
).imports

export interface Import {
  from: string
  /** As written: './x.ts', '#kernel/…', 'zod'. */
  specifier: string
  /** The file meant, for relative and '#' imports; the package's name otherwise. */
  target: string
  /** `import type`, or a clause in which every name is marked `type`: nothing of it is left at run time. */
  typeOnly: boolean
}

const STATEMENT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:([\w*{][\w\s*{},$]*?)\s*from\s+)?'([^']+)'|import\(\s*'([^'\n]+)'\s*\)/g

/** Every import and re-export of the scripts below src, bin, test, bench, rules and document. */
export function readImports(): Import[] {
  return readTree()
    .filter(({ path }) => /^(src|bin|test|bench|rules|document)\/.*\.(ts|tsx)$/.test(path))
    .flatMap(({ path, text }) => importsOf(path, text))
}

export function importsOf(from: string, text: string): Import[] {
  const code = text.replace(/^\s*\/\/.*$/gm, '').replace(/^\s*(?:\/\*)?\*.*$/gm, '')
  return [...code.matchAll(STATEMENT)].map((match) => {
    const specifier = match[3] ?? match[4] ?? ''
    return { from, specifier, target: targetOf(from, specifier), typeOnly: isTypeOnly(match[1], match[2] ?? '') }
  })
}

function isTypeOnly(keyword: string | undefined, clause: string): boolean {
  if (keyword !== undefined) return true
  const names = /^\{([\s\S]*)\}$/.exec(clause.trim())?.[1]
  if (names === undefined) return false
  const parts = names.split(',').map((name) => name.trim())
  return parts.every((name) => name === '' || name.startsWith('type '))
}

function targetOf(from: string, specifier: string): string {
  if (specifier.startsWith('.')) {
    return new URL(specifier, `file:///${from}`).pathname.slice(1)
  }
  const exact = ALIASES[specifier]
  if (exact !== undefined) return exact.slice(2)
  const folder = ALIASES[specifier.replace(/\/.*$/, '/*')]
  return folder === undefined ? specifier : folder.slice(2).replace('*', specifier.replace(/^[^/]*\//, ''))
}

/** The groups of nodes that reach one another, each sorted; a node alone is no group. */
export function cyclesIn(edges: readonly (readonly [string, string])[]): string[][] {
  const next = new Map<string, Set<string>>()
  for (const [from, to] of edges) {
    if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to))
  }
  const reach = new Map([...next.keys()].map((node) => [node, reachableFrom(node, next)]))
  const groups = new Map<string, string[]>()
  for (const [node, seen] of reach) {
    const group = [...seen].filter((other) => reach.get(other)?.has(node)).sort()
    if (seen.has(node)) groups.set(group.join(' '), group)
  }
  return [...groups.values()]
}

function reachableFrom(start: string, next: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const seen = new Set<string>()
  const open = [start]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const other of next.get(node) ?? []) {
      if (seen.has(other)) continue
      seen.add(other)
      open.push(other)
    }
  }
  return seen
}
