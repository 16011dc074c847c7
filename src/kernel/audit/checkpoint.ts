import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PublicKey } from './checkpoint-signature.ts'
import { readPublicKeys } from './checkpoint-signature.ts'

// A hash chain alone shows neither a cut tail nor a chain written anew nor an old backup put back. So the heads of the
// chains are signed and kept outside the database: one line of JSON for one moment, in <DATA_DIR>/checkpoints and,
// where CHECKPOINT_DIR is set, in a second folder that somebody else keeps. The statement is frozen by a golden vector.

/**
 * What is said of one court's chain at one moment. `seq` runs from 1 without a gap: it is the count of entries, too.
 */
export interface ChainHead {
  courtId: number
  seq: bigint
  hash: string
}

export interface Statement {
  /** 'restored': the chains were taken back to these heads by a restore; what was beyond is known to be lost. */
  kind: 'kept' | 'restored'
  at: string
  keyId: string
  heads: readonly ChainHead[]
}

export interface Checkpoint extends ChainHead {
  kind: Statement['kind']
  at: string
}

export interface CheckpointFault {
  file: string
  line: number
  message: string
}

export interface ReadCheckpoints {
  checkpoints: readonly Checkpoint[]
  /** Lines that are not what was signed. */
  faults: readonly CheckpointFault[]
}

/** Where checkpoints lie, and the public keys that they are trusted by. */
export interface CheckpointPlace {
  folders: readonly string[]
  keysFolder: string
}

/** The places of a data folder, and the folder outside it where one is set. */
export function checkpointPlace(dataDir: string, outside: string | null): CheckpointPlace {
  const own = join(dataDir, 'checkpoints')
  return { folders: outside === null ? [own] : [own, outside], keysFolder: join(dataDir, 'keys') }
}

/** What is signed. */
export function statementText({ kind, at, keyId, heads }: Statement): string {
  const rows = heads.map(({ courtId, seq, hash }) => [courtId, String(seq), hash])
  return JSON.stringify(['ecc-checkpoint-1', kind, at, keyId, rows])
}

/** The statement with its signature as one line of a file, without the newline. */
export function lineOf(statement: Statement, signature: string): string {
  const [, kind, at, key, heads] = JSON.parse(statementText(statement))
  return JSON.stringify({ kind, at, key, heads, signature })
}

interface Line {
  kind: Statement['kind']
  at: string
  key: string
  heads: [number, string, string][]
  signature: string
}

/** The statement of a line and its signature; null where the line was not written by `lineOf`, byte for byte. */
export function parseLine(text: string): { statement: Statement; signature: string } | null {
  try {
    const { kind, at, key, heads, signature } = JSON.parse(text) as Line
    const statement: Statement = {
      kind,
      at,
      keyId: key,
      heads: heads.map(([courtId, seq, hash]) => ({ courtId, seq: BigInt(seq), hash })),
    }
    const isOurs = lineOf(statement, signature) === text && /^[0-9a-f]{128}$/.test(signature)
    return isOurs ? { statement, signature } : null
  } catch {
    return null
  }
}

/** Reads and checks every line of all folders. Read it before the chain, which may only have grown since. */
export async function readCheckpoints(place: CheckpointPlace): Promise<ReadCheckpoints> {
  const keys = await readPublicKeys(place.keysFolder)
  const checkpoints: Checkpoint[] = []
  const faults: CheckpointFault[] = []
  for (const file of await checkpointFiles(place.folders)) {
    const found = checkLines(await readFile(file, 'utf8'), keys)
    checkpoints.push(...found.checkpoints)
    faults.push(...found.faults.map((fault) => ({ ...fault, file })))
  }
  return { checkpoints, faults }
}

/** The files of checkpoints (one a month), oldest first; a folder that can't be read has none. */
export async function checkpointFiles(folders: readonly string[]): Promise<string[]> {
  const files: string[] = []
  for (const folder of folders) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => /^\d{4}-\d{2}\.jsonl$/.test(name)).sort()
    files.push(...names.map((name) => join(folder, name)))
  }
  return files
}

/** Checks the lines of one file. What stands after the last newline is still being written, and counts for nothing. */
export function checkLines(
  text: string,
  keys: readonly PublicKey[],
): { checkpoints: Checkpoint[]; faults: Omit<CheckpointFault, 'file'>[] } {
  const checkpoints: Checkpoint[] = []
  const faults: Omit<CheckpointFault, 'file'>[] = []
  const lines = text.split('\n').slice(0, -1)
  for (const [index, line] of lines.entries()) {
    const parsed = parseLine(line)
    const key = keys.find(({ id }) => id === parsed?.statement.keyId)
    if (parsed && key?.holds(statementText(parsed.statement), parsed.signature)) {
      const { kind, at, heads } = parsed.statement
      for (const head of heads) checkpoints.push({ ...head, kind, at })
    } else {
      const reason = parsed && !key ? '签名所用的密钥不在密钥文件夹中' : '内容与签名不符'
      faults.push({ line: index + 1, message: `检查点第${index + 1}行${reason}` })
    }
  }
  return { checkpoints, faults }
}
