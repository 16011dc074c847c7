import { pinyin } from 'pinyin-pro'

// Names are searched by their single characters and pairs, because a trigram index can't serve two characters.

/** A name without spaces and dots, lower-cased: 阿依古丽·买买提 is found with any of its dots, and with none. */
export function plainName(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s·・‧•.．]/g, '')
    .toLowerCase()
}

/** Single characters and neighbouring pairs, by code points, each once. */
export function gramsOf(plain: string): string[] {
  const points = [...plain]
  const pairs = points.slice(1).map((point, index) => `${points[index]}${point}`)
  return [...new Set([...points, ...pairs])].slice(0, 400)
}

const MOST_INITIALS = 60
/** The same banks and companies come again and again in an import, and finding readings is its dearest step. */
const KNOWN = new Map<string, string>()
const KNOWN_MOST = 10_000

/**
 * First letters of a name's syllables (张三丰 → zsf), a surname read as one (单 → s); characters without a reading fall
 * out.
 */
export function initialsOf(name: string): string {
  const known = KNOWN.get(name)
  if (known !== undefined) return known
  if (KNOWN.size >= KNOWN_MOST) KNOWN.clear()
  const initials = readInitials(name)
  KNOWN.set(name, initials)
  return initials
}

function readInitials(name: string): string {
  const letters = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', surname: 'head', nonZh: 'removed' })
  return letters
    .join('')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .slice(0, MOST_INITIALS)
}
