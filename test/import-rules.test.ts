import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cyclesIn, type Import, importsOf, readImports } from './import-graph.ts'

// The boundaries of design.md, read off the import graph: the kernel knows nothing above it, a chapter knows the kernel
// and itself, the web knows the server's shapes only.

interface Boundary {
  name: string
  breaks(edge: Import): boolean
  /** [path, source] that must be caught, and one that must not. */
  bites: [string, string]
  spares: [string, string]
}

/** Pure code of the kernel that runs in server and browser alike. */
const SHARED_CODE = new Set(['src/kernel/time/time.ts', 'src/kernel/authorisation/roles.ts'])
const CHAPTER = /^src\/(cases|quality|general|support)\//
const isTest = (path: string) => path.endsWith('.test.ts') || path.startsWith('test/')
const isOwn = (target: string) => /^(src|bin|test|bench|rules|document)\//.test(target)

const boundaries: Boundary[] = [
  {
    name: 'a relative import stays in its folder; another folder is named with #',
    breaks: ({ specifier }) => specifier.startsWith('../'),
    bites: ['src/kernel/matter/act.ts', "import { may } from '../authorisation/may.ts'\n"],
    spares: ['src/kernel/matter/act.ts', "import { may } from '#kernel/authorisation/may.ts'\n"],
  },
  {
    name: 'an import of our own names the file with its ending',
    breaks: ({ specifier, target }) => (specifier.startsWith('.') || isOwn(target)) && !/\.\w+$/.test(target),
    bites: ['src/kernel/matter/act.ts', "import { log } from './log'\n"],
    spares: ['src/kernel/matter/act.ts', "import { log } from './log.ts'\n"],
  },
  {
    name: 'the kernel knows nothing above it',
    breaks: ({ from, target }) =>
      from.startsWith('src/kernel/') &&
      !isTest(from) &&
      isOwn(target) &&
      !/^(src\/kernel|rules|document)\//.test(target),
    bites: ['src/kernel/matter/act.ts', "import { close } from '#cases/case/close.ts'\n"],
    spares: ['src/kernel/matter/act.ts', "import { findArticle } from '#document/articles.ts'\n"],
  },
  {
    name: 'a chapter knows the kernel and itself, never another chapter',
    breaks: ({ from, target }) => {
      const chapter = CHAPTER.exec(from)?.[0]
      if (chapter === undefined || isTest(from) || !isOwn(target)) return false
      return !target.startsWith(chapter) && !/^(src\/kernel|rules|document)\//.test(target)
    },
    bites: ['src/general/supervision/order.ts', "import type { CaseRow } from '#cases/case/wire.ts'\n"],
    spares: ['src/cases/node-watch/watch.ts', "import { caseRow } from '#cases/case/wire.ts'\n"],
  },
  {
    name: 'the web takes shapes, not code, from the server',
    breaks: ({ from, target, typeOnly }) => {
      if (!from.startsWith('src/web/') || isTest(from) || !isOwn(target)) return false
      const shape = target.endsWith('/wire.ts') || SHARED_CODE.has(target)
      return !/^(src\/web|document)\//.test(target) && !typeOnly && !shape
    },
    bites: ['src/web/office/list.tsx', "import { may } from '#kernel/authorisation/may.ts'\n"],
    spares: ['src/web/office/list.tsx', "import type { Who } from '#kernel/authorisation/may.ts'\n"],
  },
  {
    name: 'the server does not know the web',
    breaks: ({ from, target }) => /^src\/(?!web\/)/.test(from) && target.startsWith('src/web/'),
    bites: ['src/app.ts', "import { router } from '#web/office/router.tsx'\n"],
    spares: ['src/app.ts', "import { routes } from '#kernel/http/route.ts'\n"],
  },
  {
    name: 'the product does not lean on its tests, tools or benches',
    breaks: ({ from, target }) =>
      /^(src|rules|document)\//.test(from) && !isTest(from) && /^(test|bin|bench)\//.test(target),
    bites: ['src/app.ts', "import { cast } from '#test/cast.ts'\n"],
    spares: ['src/app.test.ts', "import { cast } from '#test/cast.ts'\n"],
  },
  {
    name: 'rules and document are data: they know types of the kernel at most',
    breaks: ({ from, target, typeOnly }) =>
      /^(rules|document)\//.test(from) && target.startsWith('src/') && !(target.startsWith('src/kernel/') && typeOnly),
    bites: ['rules/node-limits.ts', "import { due } from '#kernel/clock-rule/due.ts'\n"],
    spares: ['rules/node-limits.ts', "import type { Rule } from '#kernel/clock-rule/wire.ts'\n"],
  },
]

const imports = readImports()

for (const { name, breaks, bites, spares } of boundaries) {
  test(`imports: ${name}`, () => {
    assert.equal(importsOf(...bites).filter(breaks).length, 1, 'the rule catches the bad example')
    assert.equal(importsOf(...spares).length, 1, 'the good example imports something')
    assert.equal(importsOf(...spares).filter(breaks).length, 0, 'the rule lets the good example pass')
    const broken = imports.filter(breaks).map(({ from, specifier }) => `${from} imports ${specifier}`)
    assert.deepEqual(broken, [], broken.join('\n'))
  })
}

test('imports: no rings between the folders of the kernel', () => {
  assert.deepEqual(
    cyclesIn([
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'c'],
    ]),
    [['a', 'b']],
  )
  const folderOf = (path: string) => /^src\/kernel\/([^/]+)\//.exec(path)?.[1]
  const inner = imports.filter(
    ({ from, target, typeOnly }) =>
      folderOf(from) !== undefined && folderOf(target) !== undefined && !typeOnly && !isTest(from),
  )
  // A file that only app.ts takes (routes, sign-in, stream) stands at the edge: nothing can come back to it.
  const taken = new Set(inner.map(({ target }) => target))
  const edges = inner
    .filter(({ from }) => taken.has(from))
    .map(({ from, target }): [string, string] => [folderOf(from) ?? '', folderOf(target) ?? ''])
  const rings = cyclesIn(edges).map((ring) => ring.join(' ⇄ '))
  assert.deepEqual(rings, [], rings.join('\n'))
})

test('imports: the graph is really read', () => {
  assert.ok(
    imports.some(({ from, target }) => from === 'test/import-rules.test.ts' && target === 'test/import-graph.ts'),
  )
})
