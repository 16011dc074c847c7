import { z } from 'zod'
import { mayAct } from '#kernel/authorisation/may.ts'
import { type Route, route } from '#kernel/http/route.ts'
import { type Kind, whosOf } from './matter.ts'
import { kindView } from './views.ts'
import { type KindView, kindView as kindSchema } from './wire.ts'

/** Every kind's declaration as the screens and the register of workflows (article 4) draw it. */
export function kindRoutes(chapters: readonly { id: KindView['chapter']; kinds: readonly Kind[] }[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/kinds',
      summary: '各类事项的流程定义',
      articles: ['4'],
      access: 'signed-in',
      reply: z.object({ kinds: z.array(kindSchema) }),
      handle: async ({ actor }) => ({
        kinds: chapters.flatMap((chapter) =>
          chapter.kinds.map((kind) => {
            const own = { courtId: actor.courtId, openerId: actor.personId }
            return kindView(kind, chapter.id, mayAct(actor, whosOf(kind.opens.by), own))
          }),
        ),
      }),
    }),
  ]
}
