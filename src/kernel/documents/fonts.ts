import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { coverageOf, unwrapped } from './font-file.ts'

// The fonts of the PDF: the court's own folder first, then the usual characters of the font that is installed with the
// product, so that a document looks alike everywhere, then for the rest what the system has of the Noto and Arphic
// families, or the rest of the product's own. Read once, by the worker that typesets.

export interface Fonts {
  files: readonly Buffer[]
  /** The characters of a text for which none of the fonts has a glyph, each once. */
  missing(text: string): string[]
}

const SYSTEM_FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts', '/System/Library/Fonts', 'C:\\Windows\\Fonts']
const SYSTEM_FONTS = /^(NotoSerifCJK(sc)?-Regular|gkai00mp|simfang|simkai|simhei|simsun|simsunb)\./i
const FONT_FILE = /\.(ttf|ttc|otf|otc)$/i
const DEEPEST = 6

/**
 * Reads all fonts; a folder of the court that does not exist is a mistake of the setting and throws. Where the system
 * has the whole of Noto Serif CJK, the rare characters of the font that comes with the product have nothing to add.
 */
export function readFonts(courtFolder: string | null, systemFolders = SYSTEM_FOLDERS): Fonts {
  const { own, system } = foundFonts(courtFolder, systemFolders)
  const isWhole = system.some((path) => /NotoSerifCJK(sc)?-Regular\./i.test(path))
  return fontsOf([...own, ...shippedFonts(USUAL), ...system, ...(isWhole ? [] : shippedFonts(RARE))])
}

/** Characters of people's names that the product's own fonts do not draw. */
export const RARE_NAMES = '𠮷㛃䶮'

/** What is said at the start where names like these would stop a document; null where the fonts found draw them. */
export function fontAdvice(courtFolder: string | null, systemFolders = SYSTEM_FOLDERS): string | null {
  try {
    const { own, system } = foundFonts(courtFolder, systemFolders)
    const undrawn = fontsOf([...own, ...system]).missing(RARE_NAMES)
    if (undrawn.length === 0) return null
    return (
      `现有字体不含“${undrawn.join('')}”等姓名用字，含有这些字的文书不能签发：` +
      '请安装 Debian 软件包 fonts-noto-cjk，或者把含有这些字的字体放入 FONT_DIR 所指的文件夹，然后重新启动。'
    )
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return `字体读取失败，文书不能制作：请检查 FONT_DIR 所指的文件夹（${why}）。`
  }
}

function foundFonts(courtFolder: string | null, systemFolders: readonly string[]) {
  const own = courtFolder ? readdirSync(courtFolder).filter((name) => FONT_FILE.test(name)) : []
  return {
    own: own.sort().map((name) => join(courtFolder ?? '', name)),
    system: systemFolders.flatMap((folder) => systemFonts(folder, 0)),
  }
}

function fontsOf(paths: readonly string[]): Fonts {
  const files = paths.map((path) => unwrapped(readFileSync(path)))
  const covered = bitmap(files.flatMap(coverageOf))
  return {
    files,
    missing: (text) => [...new Set(text)].filter((one) => isDrawn(one) && !hasBit(covered, one.codePointAt(0) ?? 0)),
  }
}

/** Spaces and line ends need no glyph. */
function isDrawn(one: string): boolean {
  return !/[\s\u200b\ufeff]/u.test(one)
}

function systemFonts(folder: string, depth: number): string[] {
  let entries: ReturnType<typeof listed>
  try {
    entries = listed(folder)
  } catch {
    return []
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return depth < DEEPEST ? systemFonts(path, depth + 1) : []
    return SYSTEM_FONTS.test(entry.name) && FONT_FILE.test(entry.name) ? [path] : []
  })
}

function listed(folder: string) {
  return readdirSync(folder, { withFileTypes: true })
}

// Noto Serif SC: one file with the usual characters, also in bold, and many small ones with the rest. Its outlines are
// TrueType: a PDF takes them over in half the time that those of the system's Noto Serif CJK need.
const USUAL = /^noto-serif-sc-chinese-simplified-(400|700)-normal\.woff$/
const RARE = /^noto-serif-sc-(latin|\d+)-400-normal\.woff$/

function shippedFonts(which: RegExp): string[] {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('@fontsource/noto-serif-sc/package.json')),
    'files',
  )
  return readdirSync(folder)
    .filter((name) => which.test(name))
    .map((name) => join(folder, name))
}

const LAST = 0x110000

function bitmap(ranges: readonly (readonly [number, number])[]): Uint8Array {
  const bits = new Uint8Array(LAST / 8)
  for (const [first, last] of ranges) {
    for (let code = first; code <= Math.min(last, LAST - 1); code += 1)
      bits[code >> 3] = (bits[code >> 3] ?? 0) | (1 << (code & 7))
  }
  return bits
}

function hasBit(bits: Uint8Array, code: number): boolean {
  return ((bits[code >> 3] ?? 0) & (1 << (code & 7))) !== 0
}
