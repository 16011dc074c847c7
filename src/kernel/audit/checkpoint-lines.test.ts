import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import {
  checkLines,
  checkpointFiles,
  checkpointPlace,
  lineOf,
  parseLine,
  readCheckpoints,
  type Statement,
  statementText,
} from './checkpoint.ts'
import { keyIdOf, publicKeyOf, readPublicKeys } from './checkpoint-signature.ts'
import { openFileSigner } from './checkpoint-signer.ts'

// Checkpoints as files: what a line may be, which lines count, and which keys are trusted.

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'ecc-lines-'))
  t.after(() => rm(path, { recursive: true, force: true }))
  return path
}

const SIGNATURE = '0a'.repeat(64)
const STATEMENT: Statement = {
  kind: 'kept',
  at: '2021-09-30T01:00:00.000Z',
  keyId: 'ab',
  heads: [{ courtId: 22, seq: 12n, hash: '0f'.repeat(32) }],
}
const HEADS = `[[22,"12","${'0f'.repeat(32)}"]]`
const LINE = `{"kind":"kept","at":"${STATEMENT.at}","key":"ab","heads":${HEADS},"signature":"${SIGNATURE}"}`

test('a line is read only where it is byte for byte what is written', () => {
  assert.equal(lineOf(STATEMENT, SIGNATURE), LINE)
  assert.equal(statementText(STATEMENT), `["ecc-checkpoint-1","kept","${STATEMENT.at}","ab",${HEADS}]`)
  assert.deepEqual(parseLine(LINE), { statement: STATEMENT, signature: SIGNATURE })
  const others = [
    '',
    'null',
    '{}',
    ` ${LINE}`,
    LINE.replace('{"kind":"kept",', '{"more":1,"kind":"kept",'),
    LINE.replace('"12"', '"012"'),
    LINE.replace('"12"', '12'),
    LINE.replace('"12"', '"x"'),
    LINE.replace(SIGNATURE, SIGNATURE.toUpperCase()),
    LINE.replace(SIGNATURE, SIGNATURE.slice(2)),
    LINE.replace(SIGNATURE, `${SIGNATURE}00`),
    LINE.replace(SIGNATURE, `g${SIGNATURE.slice(1)}`),
  ]
  for (const text of others) assert.equal(parseLine(text), null, text)
})

test('SM2 as the standard’s own example has it (GB/T 32918.5 附录A)', () => {
  const [x, y] = [
    '09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020',
    'CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
  ]
  const key = `04${x}${y}`
  const [r, s] = [
    'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3',
    'B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
  ]
  const signature = `${r}${s}`
  const known = publicKeyOf(key.toLowerCase())
  assert.equal(known.holds('message digest', signature.toLowerCase()), true)
  assert.equal(known.holds('message digesu', signature.toLowerCase()), false)
  for (const other of ['', '00', 'zz', 'f'.repeat(128)])
    assert.equal(known.holds('message digest', other), false, other)
  // openssl dgst -sm3 over the 65 bytes, its first half
  assert.equal(keyIdOf(key), KEY_ID)
  assert.equal(known.id, KEY_ID)
})

const KEY_ID = 'e6a4f9765fca89e8b7d64019b900d57c'

test('only lines that a known key signed count; the others are named with their number and the reason', async (t) => {
  const keys = await folder(t)
  const signer = await openFileSigner(keys)
  const [key] = await readPublicKeys(keys)
  assert.ok(key)
  const statement = { ...STATEMENT, keyId: signer.keyId }
  const line = lineOf(statement, await signer.sign(statementText(statement)))
  const head = { ...STATEMENT.heads[0], kind: 'kept', at: STATEMENT.at }
  const text = `${line}\n${LINE}\n${line.replace('"12"', '"13"')}\nnonsense\n${line}\n${line.slice(0, 50)}`
  assert.deepEqual(checkLines(text, [key]), {
    checkpoints: [head, head],
    faults: [
      { line: 2, message: '检查点第2行签名所用的密钥不在密钥文件夹中' },
      { line: 3, message: '检查点第3行内容与签名不符' },
      { line: 4, message: '检查点第4行内容与签名不符' },
    ],
  })
  const own = await folder(t)
  await writeFile(join(own, '2021-09.jsonl'), `${line}\nnonsense\n`)
  const read = await readCheckpoints({ folders: [own], keysFolder: keys })
  assert.deepEqual(read.checkpoints, [head])
  assert.equal(read.faults.length, 1)
  assert.deepEqual(checkLines(line, [key]), { checkpoints: [], faults: [] }, 'still being written')
})

test('the files of all folders are read, oldest first; what is no file of checkpoints is not', async (t) => {
  const [data, outside] = [await folder(t), await folder(t)]
  const place = checkpointPlace(data, outside)
  assert.deepEqual(place, { folders: [join(data, 'checkpoints'), outside], keysFolder: join(data, 'keys') })
  assert.deepEqual(checkpointPlace(data, null).folders, [join(data, 'checkpoints')])
  assert.deepEqual(await readCheckpoints(place), { checkpoints: [], faults: [] }, 'nothing is there yet')
  await mkdir(join(data, 'checkpoints'))
  const names = ['2021-10.jsonl', '2021-09.jsonl', '2021-09.jsonl.bak', 'x2021-09.jsonl', '2021-9.jsonl', 'notes']
  for (const name of names) await writeFile(join(data, 'checkpoints', name), `${LINE}\n`)
  await writeFile(join(outside, '2021-08.jsonl'), '')
  const files = ['2021-09.jsonl', '2021-10.jsonl'].map((name) => join(data, 'checkpoints', name))
  assert.deepEqual(await checkpointFiles(place.folders), [...files, join(outside, '2021-08.jsonl')])
  const { checkpoints, faults } = await readCheckpoints(place)
  assert.deepEqual(checkpoints, [])
  assert.deepEqual(
    faults.map(({ file, line }) => `${file} ${line}`),
    files.map((file) => `${file} 1`),
  )
})

test('the key is made once, for its owner alone, also where two servers start together', async (t) => {
  const keys = join(await folder(t), 'deep', 'keys')
  const [one, other] = await Promise.all([openFileSigner(keys), openFileSigner(keys)])
  assert.equal(one?.keyId, other?.keyId)
  assert.deepEqual((await readdir(keys)).sort(), ['checkpoint.key', 'checkpoint.pub'])
  assert.equal((await stat(keys)).mode & 0o777, 0o700)
  for (const [name, length] of [
    ['checkpoint.key', 64],
    ['checkpoint.pub', 130],
  ] as const) {
    assert.equal((await stat(join(keys, name))).mode & 0o777, 0o600, name)
    assert.match(await readFile(join(keys, name), 'utf8'), new RegExp(`^[0-9a-f]{${length}}\n$`))
  }
  const trusted = await readPublicKeys(keys)
  assert.deepEqual(
    trusted.map(({ id }) => id),
    [one?.keyId],
    'the private key is none of them',
  )
  assert.equal(trusted[0]?.holds('案', (await one?.sign('案')) ?? ''), true)
  assert.equal(trusted[0]?.holds('案', (await (await openFileSigner(keys)).sign('案')) ?? ''), true)
  assert.deepEqual(await readPublicKeys(join(keys, 'nowhere')), [])
})
