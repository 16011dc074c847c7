import { resolve } from 'node:path'

// What the environment says, read once at the edge (bin/ and src/main.ts) and passed on as a value.

export interface Settings {
  /** Absolute. Everything the product keeps outside an own Postgres lies in it. */
  dataDir: string
  /** An own Postgres instead of the embedded one. */
  databaseUrl: string | null
  host: string
  /** 0 asks the machine for a free one. */
  port: number
  /** A second folder for the signed checkpoints of the audit record, best on another machine. */
  checkpointDir: string | null
  /** A folder with the court's own fonts for its documents (方正小标宋, 仿宋_GB2312 and so on are not free). */
  fontDir: string | null
  /** Memory of the embedded Postgres, as Postgres writes it: 256MB. */
  sharedBuffers: string
}

/** Something about the machine or its settings prevents a start; the message is one sentence for whoever runs it. */
export class StartRefusal extends Error {}

/** Reads the settings out of environment variables; an empty one counts as absent. Throws StartRefusal. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  return {
    dataDir: resolve(env.DATA_DIR || './data'),
    databaseUrl: readDatabaseUrl(env.DATABASE_URL),
    host: env.HOST || '127.0.0.1',
    port: readPort(env.PORT),
    checkpointDir: env.CHECKPOINT_DIR ? resolve(env.CHECKPOINT_DIR) : null,
    fontDir: env.FONT_DIR ? resolve(env.FONT_DIR) : null,
    sharedBuffers: readSize(env.ECC_SHARED_BUFFERS),
  }
}

function readDatabaseUrl(text: string | undefined): string | null {
  if (!text) return null
  if (!/^postgres(ql)?:\/\/./.test(text) || !URL.canParse(text)) {
    throw new StartRefusal('DATABASE_URL 不是有效的地址：应形如 postgres://用户:口令@主机:5432/库名。')
  }
  return text
}

function readPort(text: string | undefined): number {
  const port = Number(text || '8080')
  if (!/^\d*$/.test(text ?? '') || port > 65_535) {
    throw new StartRefusal(`PORT 应为 0 至 65535 的整数，现为“${text}”。`)
  }
  return port
}

function readSize(text: string | undefined): string {
  const size = text || '256MB'
  if (!/^[1-9]\d*(kB|MB|GB)$/.test(size)) {
    throw new StartRefusal(`ECC_SHARED_BUFFERS 应形如 256MB，现为“${text}”。`)
  }
  return size
}
