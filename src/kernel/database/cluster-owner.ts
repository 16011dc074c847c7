import { execFile } from 'node:child_process'
import { chown, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { StartRefusal } from './settings.ts'

// Postgres refuses to run as root. Where we are root, the cluster belongs to a system user and its programs run as
// that user; everybody else runs them as themselves.

const run = promisify(execFile)
const OWN_USER = 'ecc-postgres'

/** How to run a program of Postgres on a cluster: the command before it, and the ids under which it runs. */
export interface Owner {
  prefix: readonly string[]
  ids: { uid?: number; gid?: number }
}

const SELF: Owner = { prefix: [], ids: {} }

/** Whoever owns `folder` already, or shall own it. Gives an empty folder of root's to a system user. */
export async function ownerOf(folder: string, program: string): Promise<Owner> {
  if (process.getuid?.() !== 0) return SELF
  const found = await stat(folder)
  const ids = found.uid === 0 ? await systemUser() : { uid: found.uid, gid: found.gid }
  if (found.uid === 0) await chown(folder, ids.uid, ids.gid)
  const paths = [program, folder]
  const reached = paths.map((path) => run('test', ['-x', path], { cwd: '/', ...ids }))
  return Promise.all(reached).then(
    () => ({ prefix: [], ids }),
    () => overrideAccess(ids, paths),
  )
}

async function systemUser(): Promise<{ uid: number; gid: number }> {
  const found = (await idsOf('postgres')) ?? (await idsOf(OWN_USER))
  if (found) return found
  const options = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/bin/false',
  ]
  const failure = await run('useradd', [...options, OWN_USER]).catch((error: Error) => error)
  // Two starts may create it at the same moment: what counts is that it is there.
  const made = await idsOf(OWN_USER)
  if (made) return made
  throw new StartRefusal('数据库不能以 root 身份运行，而系统用户 ecc-postgres 未能建立：请以普通用户启动。', {
    cause: failure,
  })
}

async function idsOf(name: string): Promise<{ uid: number; gid: number } | null> {
  const ask = async (flag: string) => Number((await run('id', [flag, name])).stdout)
  return Promise.all([ask('-u'), ask('-g')]).then(
    ([uid, gid]) => (uid === 0 ? null : { uid, gid }),
    () => null,
  )
}

/**
 * A repository or data folder below /root cannot be reached by another user. The cluster's programs then keep root's
 * right to pass closed folders, and nothing else of root; the bit keeps access(2) from forgetting that right.
 */
async function overrideAccess(ids: { uid: number; gid: number }, paths: readonly string[]): Promise<Owner> {
  const right = '+dac_override'
  const options = [`--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups', '--securebits=+no_setuid_fixup']
  options.push(`--inh-caps=${right}`, `--ambient-caps=${right}`)
  for (const path of paths) {
    await run('setpriv', [...options, 'test', '-x', path], { cwd: '/' }).catch((error: unknown) => {
      const advice = '请把仓库和 DATA_DIR 移到各用户可进入的文件夹，或以普通用户启动'
      throw new StartRefusal(`数据库用户进不了 ${path}：${advice}。`, { cause: error })
    })
  }
  return { prefix: ['setpriv', ...options], ids: {} }
}
