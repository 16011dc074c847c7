import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { VALID_WRITES } from '#test/http/valid-writes.ts'
import {
  type Ask,
  checkAfterwards,
  checkHierarchy,
  checkNamespace,
  checkSignedOut,
  readOf,
  requestOfWrite,
  type Tell,
} from './checkers.ts'
import { addressOf, idParams, type Operation } from './document.ts'
import { fittingObject } from './fitting.ts'
import { COURT, type Ground } from './ground.ts'
import { issuedInBulk } from './issued-in-bulk.ts'
import { shelfOf } from './writing.ts'

const ISSUED = 'GET /bulk-jobs/:id/documents'

// Beside the crowd one line goes round the operations: for each write it prepares a request that succeeds, leaves it to
// the others to spoil, and at the next visit sends it and tries the checkers on it. So every operation is reached.

export class Gardener {
  readonly #ground: Ground
  readonly #ask: Ask
  readonly #tell: Tell
  #serial = 1_000
  #turn = 0

  constructor(ground: Ground, ask: Ask, tell: Tell) {
    this.#ground = ground
    this.#ask = ask
    this.#tell = tell
  }

  /** Visits the next operation. */
  async visit(): Promise<void> {
    const { operations } = this.#ground
    await this.#visitOne(operations[this.#turn % operations.length] as Operation)
  }

  /** When the crowd has gone, what it kept from succeeding is prepared and sent once more. */
  async visitLast(operation: Operation): Promise<void> {
    await this.#visitOne(operation)
    await this.#sendAtOnce(operation)
  }

  async #visitOne(operation: Operation): Promise<void> {
    this.#turn += 1
    const story = { ground: this.#ground, ask: this.#ask, tell: this.#tell }
    if (operation.name.endsWith(' /session')) await checkSignedOut(story)
    else if (idParams(operation).length > 1) await this.#visitPaper(operation)
    else if (operation.isWrite) await this.#visitWrite(operation)
    else if (operation.name === ISSUED) await this.#visitIssued(operation)
    else if (operation.params.length > 0) await this.#visitPage(operation)
    else await this.#visitList(operation)
  }

  /** Only the bulk act of this person has documents, and only when it has ended. */
  async #visitIssued(operation: Operation): Promise<void> {
    const issued = await issuedInBulk(this.ground.server).catch(() => undefined)
    const asker = issued && (await this.ground.asker(issued.by))
    if (issued && asker) await this.#ask(readOf(operation, asker, addressOf(operation, [issued.id])))
  }

  /** What nobody has come to yet is tried by everybody. */
  async #visitList(operation: Operation): Promise<void> {
    const able = this.ground.fit.get(operation.name)
    if (able && able.size > 0) return
    const asked = (operation.query?.required ?? []) as string[]
    const [values = {}] = operation.query
      ? fc.sample(fittingObject(operation.query), { seed: this.#turn, numRuns: 1 })
      : []
    const query = new URLSearchParams(asked.map((name) => [name, String(values[name])])).toString()
    for (const asker of this.ground.askers.filter(({ court }) => court === COURT)) {
      await this.#ask(readOf(operation, asker, query === '' ? operation.path : `${operation.path}?${query}`))
    }
  }

  async #visitWrite(operation: Operation): Promise<void> {
    const { ground } = this
    const prepare = VALID_WRITES[operation.name]
    const story = { ground, ask: this.#ask, tell: this.#tell }
    const write = ground.bases.get(operation.name)
    const asker = write && (await ground.asker(write.by))
    if (write && asker) {
      const request = requestOfWrite(operation, write, asker, randomUUID())
      await checkNamespace(story, request)
      const answer = await this.#ask(request)
      await write.release?.()
      if (answer && answer.status < 300) await checkAfterwards(story, request, answer, write)
    }
    if (!prepare) return
    this.#serial += 1
    // What it prepares may be taken away from under it by the crowd; then the next visit tries again.
    const next = await prepare(ground.server, this.#serial).catch(() => undefined)
    if (!next) return
    ground.bases.set(operation.name, next)
    // What holds the background back is not left standing, nor somebody whom the crowd could stop by then.
    if (next.release || !ground.asks(next.by)) await this.#sendAtOnce(operation)
  }

  async #sendAtOnce(operation: Operation): Promise<void> {
    const write = this.ground.bases.get(operation.name)
    const asker = write && (await this.ground.asker(write.by))
    if (write && asker) await this.#ask(requestOfWrite(operation, write, asker, randomUUID()))
    await write?.release?.()
    this.ground.bases.delete(operation.name)
  }

  async #visitPage(operation: Operation): Promise<void> {
    const { ground } = this
    const round = Math.floor(this.#turn / ground.operations.length)
    const id = ground.pool.pick(COURT, [shelfOf(operation)], this.#turn).id
    const values = operation.params.map(({ choices }) => choices?.[round % choices.length] ?? id)
    const able = [...(ground.fit.get(operation.name) ?? [])].slice(0, 1)
    for (const asker of able.length > 0 ? able : ground.askers.filter(({ court }) => court === COURT)) {
      const request = readOf(operation, asker, addressOf(operation, values))
      const answer = await this.#ask(request)
      if (answer && answer.status < 300) await checkNamespace({ ground, ask: this.#ask, tell: this.#tell }, request)
    }
  }

  async #visitPaper(operation: Operation): Promise<void> {
    const { ground } = this
    const asker = ground.askers.find(({ username }) => username === 'linjing')
    const kept = await ground.server.sql<{ id: string; thing_id: string }>(
      `select a.id, a.thing_id from attachment a join court c on c.id = a.court_id
       where c.code = $1 and a.kind = $2 order by a.at desc limit 1`,
      [COURT, ground.server.app.services.kinds.find(({ path }) => path === shelfOf(operation))?.id ?? ''],
    )
    for (const { id, thing_id } of asker ? kept : []) {
      ground.pool.add(COURT, 'attachments', id, thing_id)
      const url = addressOf(operation, [thing_id, id])
      const request = readOf(operation, asker as NonNullable<typeof asker>, url)
      await this.#ask(request)
      await checkNamespace({ ground, ask: this.#ask, tell: this.#tell }, request)
    }
    await checkHierarchy({ ground, ask: this.#ask, tell: this.#tell }, this.#turn)
  }

  get ground(): Ground {
    return this.#ground
  }
}
