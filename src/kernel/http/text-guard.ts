import { problem } from '#kernel/problem/problem.ts'

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])
const MAX_DEPTH = 20

/** Refuses what no column can hold and no name may be: NUL, lone surrogates, prototype keys, bottomless nesting. */
export function guardText(value: unknown, depth = 0): void {
  if (depth > MAX_DEPTH) throw problem('request.malformed')
  if (typeof value === 'string') {
    if (value.includes('\u0000') || !value.isWellFormed()) throw problem('request.characters')
  } else if (Array.isArray(value)) {
    for (const item of value) guardText(item, depth + 1)
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      if (FORBIDDEN_KEYS.has(key)) throw problem('request.malformed')
      guardText(key, depth + 1)
      guardText(item, depth + 1)
    }
  }
}

/** JSON as it came, read strictly; an empty body counts as an empty object. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw problem('request.malformed')
  }
  guardText(value)
  if (repeatsName(text)) throw problem('request.malformed')
  return value
}

const NAMES_AND_MARKS = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/gs

/** Whether an object of this sound JSON names something twice: two readers of it could read different things. */
function repeatsName(text: string): boolean {
  const open: Set<string>[] = []
  for (const [token, colon] of text.matchAll(NAMES_AND_MARKS)) {
    if (token === '{') open.push(new Set())
    else if (token === '}') open.pop()
    else if (colon !== undefined) {
      const name = JSON.parse(token.slice(0, -colon.length)) as string
      const names = open.at(-1)
      if (names?.has(name)) return true
      names?.add(name)
    }
  }
  return false
}
