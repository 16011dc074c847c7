import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rules } from './tidy-rules.ts'
import { readTree } from './tree.ts'

// Style is a test. What is made or given, not written, is left out: derived files, the lock file, samples.

const MADE = /^(derived\/|package-lock\.json$)|\/sample\//
const tree = readTree().filter(({ path }) => !MADE.test(path))

for (const rule of rules) {
  test(`tidy: ${rule.name}`, () => {
    assert.ok(rule.applies(rule.bites.path), 'the rule applies to its own example')
    assert.notDeepEqual(rule.check(rule.bites), [], 'the rule catches the bad example')
    assert.deepEqual(rule.check(rule.spares), [], 'the rule lets the good example pass')
    const broken = tree
      .filter(({ path }) => rule.applies(path))
      .flatMap((file) => rule.check(file).map(({ line, message }) => `${file.path}:${line} ${message}`))
    assert.deepEqual(broken, [], broken.join('\n'))
  })
}

test('tidy: the tree is really read', () => {
  const paths = new Set(tree.map(({ path }) => path))
  for (const path of ['package.json', 'src/kernel/time/time.ts', 'document/articles.ts', 'bin/shots/settle.ts'])
    assert.ok(paths.has(path), path)
})
