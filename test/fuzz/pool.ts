import { randomUUID } from 'node:crypto'
import type { Sort } from './fitting.ts'

// What answers have told of: ids by what they name and in which court, the versions of things, cursors of lists. What
// is not asked about for long falls out, so that a long run remembers no more than a short one.

const KEPT_MOST = 60

/** One segment of a path, 'cases', or the name under which an answer nests things, 'attachments'. */
export type Shelf = string

const SHELVES: Readonly<Partial<Record<Sort, readonly Shelf[]>>> = {
  person: ['people', 'members', 'judges'],
  team: ['teams', 'team'],
  clock: ['backlog', 'clocks'],
  post: ['posts'],
}

interface Kept {
  id: string
  /** The thing on whose page it stood. */
  parent: string
}

export class Pool {
  readonly #shelves = new Map<string, Kept[]>()
  readonly #versions = new Map<string, number>()
  readonly #cursors = new Map<string, string>()
  readonly #guarded: ReadonlySet<string>

  /** Ids in `guarded` are never given out: without the askers themselves nothing could be asked any more. */
  constructor(guarded: ReadonlySet<string>) {
    this.#guarded = guarded
  }

  add(court: string, shelf: Shelf, id: string, parent = ''): void {
    if (this.#guarded.has(id)) return
    const key = `${court} ${shelf}`
    const kept = this.#shelves.get(key) ?? []
    if (kept.some((one) => one.id === id)) return
    kept.push({ id, parent })
    if (kept.length > KEPT_MOST)
      for (const { id: old } of kept.splice(0, kept.length - KEPT_MOST)) this.#versions.delete(old)
    this.#shelves.set(key, kept)
  }

  /** Reads an answer to `path` of somebody in `court`. */
  harvest(court: string, shelf: Shelf, url: string, body: unknown): void {
    const page = (/\/([0-9a-f-]{36})(?=[/?]|$)/.exec(url) ?? [])[1] ?? ''
    this.#walk(court, shelf, page, body, 0)
  }

  #walk(court: string, shelf: Shelf, parent: string, node: unknown, depth: number): void {
    if (node === null || typeof node !== 'object' || depth > 5) return
    if (Array.isArray(node)) {
      for (const one of node.slice(0, KEPT_MOST)) this.#walk(court, shelf, parent, one, depth + 1)
      return
    }
    const { id, version, next } = node as { id?: unknown; version?: unknown; next?: unknown }
    if (typeof id === 'string') {
      this.add(court, shelf, id, parent)
      if (typeof version === 'number') this.#versions.set(id, version)
    }
    if (typeof next === 'string' && depth === 0) this.#cursors.set(shelf, next)
    for (const [name, one] of Object.entries(node)) {
      if (name === 'personId' && typeof one === 'string') this.add(court, 'people', one)
      if (name === 'clockId' && typeof one === 'string') this.add(court, 'clocks', one)
      const below = ['items', 'person', 'versions'].includes(name) ? shelf : name
      this.#walk(court, below, typeof id === 'string' ? id : parent, one, depth + 1)
    }
  }

  /** One of what lies there; an id that nothing has where there is none. */
  pick(court: string, shelves: readonly Shelf[], pick: number): Kept {
    const all = shelves.flatMap((shelf) => this.#shelves.get(`${court} ${shelf}`) ?? [])
    // The newest are asked for most.
    return all.at(-1 - (pick % Math.max(1, all.length))) ?? { id: randomUUID(), parent: randomUUID() }
  }

  /** One of anything anywhere. */
  pickAny(pick: number): Kept {
    const shelves = [...this.#shelves.values()]
    const shelf = shelves[pick % Math.max(1, shelves.length)] ?? []
    return shelf[pick % Math.max(1, shelf.length)] ?? { id: randomUUID(), parent: randomUUID() }
  }

  pickSort(court: string, sort: Sort, pick: number): string {
    const shelves = SHELVES[sort]
    return (shelves ? this.pick(court, shelves, pick) : this.pickAny(pick)).id
  }

  versionOf(id: string): number {
    return this.#versions.get(id) ?? 1
  }

  cursorOf(shelf: Shelf): string | undefined {
    return this.#cursors.get(shelf)
  }
}
