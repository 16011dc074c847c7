import type { FastifyInstance } from 'fastify'
import { body, plain } from '#kernel/documents/block.ts'
import { wordFile } from '#kernel/documents/word-file.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { demonstrationAccounts } from '#kernel/organisation/demonstration.ts'
import { addDays, type On, todayOf } from '#kernel/time/time.ts'
import { type Hand, signIn } from './hand.ts'

/** Where the demonstration's people work: the server, its day, and each of them signed in once. */
export interface Scene {
  on: On
  /** The day so many days ago. */
  ago(days: number): On
  hand(username: string): Promise<Hand>
  /** The account of a judge of the court, by name. */
  judge(name: string): Promise<Hand>
  /** The id of somebody of the court. */
  personId(name: string): Promise<string>
  /** A scan as people add it: a page that says what it stands for. */
  paper(title: string, text: string): Promise<{ name: string; content: Buffer }>
}

export async function openScene(
  { server, services }: { server: FastifyInstance; services: Services },
  signal: AbortSignal,
): Promise<Scene> {
  const accounts = await demonstrationAccounts(services.database)
  const judges = new Map(
    accounts
      .filter(({ roles }) => roles.some((role) => role.includes('员额法官')))
      .map(({ name, username }) => [name, username]),
  )
  const on = todayOf(services.time)
  const hands = new Map<string, Promise<Hand>>()
  const hand = (username: string) => {
    const known = hands.get(username) ?? signIn(server, username, signal)
    hands.set(username, known)
    return known
  }
  return {
    on,
    ago: (days) => addDays(on, -days),
    hand,
    judge: (name) => hand(judges.get(name) ?? name),
    async personId(name) {
      const clerk = await hand('linjing')
      const { items } = await clerk.read<{ items: { id: string }[] }>(`/people?q=${encodeURIComponent(name)}`)
      return items[0]?.id ?? ''
    },
    async paper(title, text) {
      const template = wordFile([plain(title), body(text), body('（演示材料）')])
      const { pdf } = await services.renderer.render({ template, data: {}, at: services.time.now() })
      return { name: `${title}.pdf`, content: pdf }
    },
  }
}
