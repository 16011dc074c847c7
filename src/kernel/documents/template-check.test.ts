import assert from 'node:assert/strict'
import { test } from 'node:test'
import { body, courtHead } from './block.ts'
import { fill } from './fill.ts'
import { checkTemplate } from './template-check.ts'
import { wordFile } from './word-file.ts'
import { readZip, ZipRefusal, zipOf } from './zip-file.ts'

// Files that are made to be one thing for whoever checks them and another for whoever opens them.

const LIMITS = { parts: 400, unpackedBytes: 40_000_000 }
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const GOOD = wordFile([...courtHead('通知书'), body('{案号}')])

/** The good template with parts changed or added. */
function changed(change: (parts: Map<string, string>) => void): Buffer {
  const parts = new Map([...readZip(GOOD, LIMITS)].map(([name, content]) => [name, content.toString()]))
  change(parts)
  return zipOf([...parts].map(([name, text]) => ({ name, content: Buffer.from(text) })))
}

function verdict(file: Buffer): string {
  try {
    checkTemplate(file, new Set())
    return 'accepted'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

const ATTACHED = `<Relationships xmlns="x"><Relationship Id="r9" Type="${OFFICE}/attachedTemplate" Target="http://例.cn/a"
  TargetMode="External"/></Relationships>`

/**
 * One file with two directories. Its end record says where the first one stands, and how long the second one is: who
 * trusts the place reads the first, who counts back from the end reads the second.
 */
function twoFiles(shown: Buffer, hidden: Buffer): Buffer {
  const [endShown, endHidden] = [shown.length - 22, hidden.length - 22]
  const placeShown = shown.readUInt32LE(endShown + 16)
  const placeHidden = hidden.readUInt32LE(endHidden + 16)
  const [front, back, end] = [shown.subarray(0, endShown), hidden.subarray(0, endHidden), shown.subarray(endShown)]
  const crafted = Buffer.concat([front, back, end])
  const shift = front.length + placeHidden - placeShown
  for (let at = front.length + placeHidden; at < front.length + back.length; ) {
    crafted.writeUInt32LE(front.length + crafted.readUInt32LE(at + 42) - shift, at + 42)
    at += 46 + crafted.readUInt16LE(at + 28)
  }
  crafted.writeUInt32LE(hidden.readUInt32LE(endHidden + 12), crafted.length - 22 + 12)
  return crafted
}

const HIDDEN = changed((parts) => {
  // No longer than the one in front of it: a place cannot be less than nothing.
  parts.delete('word/styles.xml')
  parts.set('word/_rels/settings.xml.rels', ATTACHED)
  parts.set('word/vbaProject.bin', 'x')
})

test('a file with two directories is refused, whichever of them the check would read', () => {
  const crafted = twoFiles(GOOD, HIDDEN)
  assert.equal(verdict(crafted), 'template.broken')
  assert.throws(() => fill(crafted, { 案号: '一' }), ZipRefusal)
  const short = Buffer.from(GOOD)
  // One part fewer than the directory has.
  for (const at of [8, 10]) short.writeUInt16LE(short.readUInt16LE(short.length - 22 + at) - 1, short.length - 22 + at)
  assert.equal(verdict(short), 'template.broken')
})

test('what is filled and kept are the parts that were checked, and nothing that stands between them', () => {
  const front = GOOD.subarray(0, GOOD.length - 22)
  const comment = Buffer.from('旁注')
  const noted = Buffer.concat([front, GOOD.subarray(GOOD.length - 22), comment])
  noted.writeUInt16LE(comment.length, GOOD.length - 2)
  assert.deepEqual(checkTemplate(noted, new Set()).file, GOOD)
  const made = readZip(fill(noted, { 案号: '一', 法院: '某法院', 文书编号: '一号' }).file(), LIMITS)
  assert.deepEqual([...made.keys()], [...readZip(GOOD, LIMITS).keys()])
})
