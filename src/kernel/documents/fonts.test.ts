import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fontAdvice, RARE_NAMES, readFonts } from './fonts.ts'

test('a plain machine is told at the start which names it can’t draw, and what to install', () => {
  assert.deepEqual(readFonts(null, []).missing(`甲龘某·${RARE_NAMES}`), [...RARE_NAMES])
  const advice = fontAdvice(null, []) ?? ''
  for (const word of [RARE_NAMES, 'fonts-noto-cjk', 'FONT_DIR']) assert.ok(advice.includes(word), advice)
  assert.equal(advice.split('\n').length, 1)
})

test('a folder of fonts that draws them is enough, wherever it is; one that can’t be read is named', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'fonts-'))
  t.after(() => rm(folder, { recursive: true }))
  assert.match(fontAdvice(folder, []) ?? '', /fonts-noto-cjk/, 'an empty one draws nothing')
  await writeFile(join(folder, 'simsun.ttf'), fontOf(RARE_NAMES))
  assert.equal(fontAdvice(folder, []), null)
  assert.equal(fontAdvice(null, [folder]), null)
  assert.match(fontAdvice(join(folder, '没有'), []) ?? '', /没有/)
})

/** A font file with nothing but its list of characters (cmap, format 12). */
function fontOf(characters: string): Buffer {
  const codes = [...characters].map((one) => one.codePointAt(0) ?? 0).sort((a, b) => a - b)
  const file = Buffer.alloc(12 + 16 + 4 + 8 + 16 + codes.length * 12)
  file.writeUInt32BE(0x00010000, 0)
  file.writeUInt16BE(1, 4)
  file.write('cmap', 12, 'latin1')
  file.writeUInt32BE(28, 20)
  file.writeUInt32BE(file.length - 28, 24)
  file.writeUInt16BE(1, 30)
  file.writeUInt16BE(3, 32)
  file.writeUInt16BE(10, 34)
  file.writeUInt32BE(12, 36)
  file.writeUInt16BE(12, 40)
  file.writeUInt32BE(16 + codes.length * 12, 44)
  file.writeUInt32BE(codes.length, 52)
  codes.forEach((code, index) => {
    for (const [at, value] of [code, code, index + 1].entries()) file.writeUInt32BE(value, 56 + index * 12 + at * 4)
  })
  return file
}
