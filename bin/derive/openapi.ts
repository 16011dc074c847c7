import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { replySchema } from '#kernel/http/reply-schema.ts'

// derived/openapi.json: the server's own document, with the shapes that have a name in a wire.ts said once and referred
// to, so that a changed field is one line of the difference and not forty.

const SOURCES = join(import.meta.dirname, '..', '..', 'src')

/** The document as text. `shapes` maps the canonical text of a schema to its name. */
export function renderOpenapi(document: object, shapes: ReadonlyMap<string, string>): string {
  const used = new Map<string, unknown>()
  const refer = (node: unknown, self: string | null): unknown => {
    if (Array.isArray(node)) return node.map((one) => refer(one, null))
    if (node === null || typeof node !== 'object') return node
    const name = shapes.get(canonical(node))
    if (name !== undefined && name !== self) {
      if (!used.has(name)) {
        used.set(name, null)
        used.set(name, refer(node, name))
      }
      return { $ref: `#/components/schemas/${name}` }
    }
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, refer(value, null)]))
  }
  const { components: _, ...rest } = refer(document, null) as { components?: unknown }
  const schemas = Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify({ ...rest, components: { schemas } }, null, 2)}\n`
}

/**
 * The named shapes of every wire.ts below src: canonical text of the answer's schema → the name it is exported under.
 */
export async function namedShapes(): Promise<Map<string, string>> {
  const entries = (await readdir(SOURCES, { recursive: true })).filter((entry) => /[\\/]wire\.ts$/.test(entry)).sort()
  const shapes = new Map<string, string>()
  for (const entry of entries) {
    const module: Record<string, unknown> = await import(join(SOURCES, entry))
    for (const [name, shape] of Object.entries(module)) {
      if (shape instanceof z.ZodObject) shapes.set(canonical(replySchema(shape)), name)
    }
  }
  return shapes
}

/** A schema as text, whatever the order of its keys and whichever way it says that null is allowed. */
function canonical(node: unknown): string {
  return JSON.stringify(node, (_, value: unknown) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
    const { nullable, ...schema } = value as Record<string, unknown>
    const types = Array.isArray(schema.type) ? schema.type : [schema.type]
    const facts = { ...schema, type: nullable === true ? [...types, 'null'] : types }
    return Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
