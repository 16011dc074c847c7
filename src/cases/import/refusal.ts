// A whole file that cannot be imported. Everything else is decided row by row.

export type RefusalCode =
  | 'import.broken'
  | 'import.encrypted'
  | 'import.old-format'
  | 'import.empty'
  | 'import.too-large'
  | 'import.bomb'
  | 'import.no-header'

/** Why a whole file is refused. The message names the file and, where known, sheet, row and column. */
export class WorkbookRefusal extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string) {
    super(message)
    this.name = 'WorkbookRefusal'
    this.code = code
  }
}

/** A fault met deep inside, where the file's name is not known; `refusalOf` puts the name in front. */
export class Fault extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * The refusal for whatever went wrong while the file was being read: our own faults, and those of zlib and the text
 * decoder, which mean a damaged file. Anything else (a full disk, a fault of ours) is given back as it is.
 */
export function refusalOf(error: unknown, fileName: string): unknown {
  if (error instanceof Fault) return new WorkbookRefusal(error.code, `文件“${fileName}”${error.message}`)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('Z_') || code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new WorkbookRefusal('import.broken', `文件“${fileName}”已损坏：压缩内容不能还原`)
  }
  return error
}
