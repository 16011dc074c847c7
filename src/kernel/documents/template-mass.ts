import { problem } from '#kernel/problem/problem.ts'
import { type Element, elementsOf, textOf, type XmlRoom } from './xml-tree.ts'

// How much a template may hold. While one is checked the server answers nobody else: whatever takes longer the more
// there is of it has a limit, far above what a document of a court needs.

const MEGABYTE = 1024 * 1024
const PART_MOST_MEGABYTES = 2
const TOTAL_MOST_MEGABYTES = 4
/** Attributes too, and remarks: as many take about half a second. */
const ELEMENTS_MOST = 60_000
const TAGS_MOST = 2_000
/** Whatever fills the template goes through a part anew for each list within a list. */
const STEPS_MOST = 500_000

function tooLarge(what: string, cause?: unknown) {
  return problem('template.too-large', { what }, { cause })
}

/** The room that all parts of one template share. */
export class TemplateRoom implements XmlRoom {
  left = ELEMENTS_MOST
  #bytes = 0

  /** Before a part is read as text. */
  take(name: string, { length }: Buffer): void {
    this.#bytes += length
    if (length > PART_MOST_MEGABYTES * MEGABYTE) throw tooLarge(`部件 ${name} 超过${PART_MOST_MEGABYTES}MB`)
    if (this.#bytes > TOTAL_MOST_MEGABYTES * MEGABYTE) throw tooLarge(`各部件合计超过${TOTAL_MOST_MEGABYTES}MB`)
  }

  /** When there was not enough. */
  refusal(cause: unknown) {
    return tooLarge(`内容超过${ELEMENTS_MOST}个元素`, cause)
  }
}

/** Refuses more tags than can be put together at once. */
export function refuseManyTags(tree: Element): void {
  const text = textOf(tree)
  const [open, close, lists] = [/\{/g, /\}/g, /[#^]/g].map((mark) => text.match(mark)?.length ?? 0) as [
    number,
    number,
    number,
  ]
  if (Math.max(open, close) > TAGS_MOST) throw tooLarge(`标记超过${TAGS_MOST}处`)
  // A list is a brace and a mark, which may stand apart from each other: there are no more lists than of either.
  if (Math.min(open, lists) * ([...elementsOf(tree)].length + open) > STEPS_MOST) throw tooLarge('循环标记过多')
}
