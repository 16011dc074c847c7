import { open } from 'node:fs/promises'
import { problem } from '#kernel/problem/problem.ts'

// A file is what its bytes say, not what its name says.

const SIGNATURES: readonly [string, readonly number[]][] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['application/zip', [0x50, 0x4b, 0x03, 0x04]],
  ['application/msword', [0xd0, 0xcf, 0x11, 0xe0]],
]

const OFFICE: ReadonlyMap<string, string> = new Map([
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
])

/** The media type that the first bytes prove; refused where it is none that the court keeps. */
export async function provenMediaType(path: string, name: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    const head = buffer.subarray(0, bytesRead)
    const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
    const found = SIGNATURES.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte))?.[0]
    if (found === 'application/zip') {
      const office = OFFICE.get(ending)
      if (office) return office
    } else if (found === 'application/msword') {
      if (ending === 'doc' || ending === 'wps') return found
      if (ending === 'xls' || ending === 'et') return 'application/vnd.ms-excel'
    } else if (found) return found
    else if (ending === 'txt' && isText(head)) return 'text/plain; charset=utf-8'
    throw problem('attachment.type', { name })
  } finally {
    await file.close()
  }
}

function isText(head: Buffer): boolean {
  return !head.includes(0) && !head.toString('utf8').slice(0, -1).includes('�')
}

/** A name that may be stored and sent back: no path, no control or direction characters, at most 80 characters. */
export function safeFileName(raw: string): string {
  const name = raw.split(/[/\\]/).pop()?.trim() ?? ''
  const length = [...name].length
  const bad = /[\p{Cc}\u202a-\u202e\u2066-\u2069"<>|?*:]/u.test(name)
  if (length === 0 || length > 80 || bad || name.startsWith('.')) throw problem('attachment.name')
  return name
}
