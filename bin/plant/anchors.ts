import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { DEFECTS, type Defect } from './defects.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** The source with the defect in it. Throws where its place is not there, or there more than once. */
export function planted(sound: string, { name, file, find, put }: Defect): string {
  const place = placeOf(find)
  if (sound.split(place).length !== 2) throw new Error(`${file} has no place for '${name}'`)
  return sound.replace(place, () => put)
}

/** What is wrong with the defects: each needs its place in a source that stays readable, and tests that are there. */
export function lostDefects(): string[] {
  return DEFECTS.flatMap((defect) => {
    const missing = defect.tests.filter((path) => !existsSync(join(ROOT, path)))
    if (missing.length > 0) return [`'${defect.name}' names tests that are not there: ${missing.join(', ')}`]
    try {
      const source = planted(readFileSync(join(ROOT, defect.file), 'utf8'), defect)
      if (defect.file.endsWith('.ts')) stripTypeScriptTypes(source)
      return []
    } catch (error) {
      return [`'${defect.name}': ${String(error)}`]
    }
  })
}

/** However the lines are broken: a formatter must not take a defect's place away. */
function placeOf(find: string): RegExp {
  const words = find
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(words.join('\\s+'))
}
