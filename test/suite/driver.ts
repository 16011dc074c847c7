import assert from 'node:assert/strict'
import { type ApprovalSpec, stepSpecs } from '#kernel/approval/chain.ts'
import { isRole, type Role } from '#kernel/authorisation/roles.ts'
import type { Field } from '#kernel/matter/field.ts'
import { type ActionSpec, type Kind, whosOf } from '#kernel/matter/matter.ts'
import type { TestServer } from '#test/harness.ts'
import { holderOf, PDF } from './cast.ts'
import type { Opening, Path } from './paths.ts'

// Acting out a path over HTTP: each step by someone who may, with the papers it needs and the approval it asks for.

export const COURT = '吉0193'
const COURT_ABOVE = '吉01'

// biome-ignore lint/suspicious/noExplicitAny: answers of every kind
type View = any

/**
 * Answers of single actions where the simplest ones would be refused by the action's own rule; 'open': what no two
 * openings may have alike.
 */
export type Overrides = Readonly<Record<string, (server: TestServer) => Promise<Record<string, unknown>>>>

export class Driver {
  readonly server: TestServer
  readonly kind: Kind
  readonly #overrides: Overrides

  constructor(server: TestServer, kind: Kind, overrides: Overrides = {}) {
    this.server = server
    this.kind = kind
    this.#overrides = overrides
  }

  /** The answers with which an action is taken here. */
  async answersOf(name: string): Promise<Record<string, unknown>> {
    const simple = await this.answersFor(this.kind.actions[name]?.ask ?? {})
    return { ...simple, ...(await this.#overrides[name]?.(this.server)) }
  }

  /** Answers that fit a set of fields: the simplest of each type. */
  async answersFor(fields: Readonly<Record<string, Field>>): Promise<Record<string, unknown>> {
    const answers: Record<string, unknown> = {}
    for (const [name, field] of Object.entries(fields)) {
      if (field.required) answers[name] = await this.#answer(field)
    }
    return answers
  }

  async #answer(field: Field): Promise<unknown> {
    const role = field.among && isRole(field.among) ? field.among : 'team.judge'
    switch (field.type) {
      case 'choice':
        return field.options?.[0]
      case 'date':
        return this.server.time.now().toISOString().slice(0, 10)
      case 'money':
        return '100000'
      case 'number':
        return 1
      case 'flag':
        return true
      case 'court':
        return '吉0104'
      case 'person':
        return (await holderOf(this.server, COURT, role)).personId
      case 'team':
        return (await holderOf(this.server, COURT, 'team.judge')).teamId
      case 'caseNumber':
        return '（2021）吉0193执101号'
      default:
        return `${field.label}的内容`
    }
  }

  /** Someone of the court who may: by role, or whoever holds the thing. */
  async actorFor(action: Pick<ActionSpec, 'by'>, id?: string): Promise<string> {
    const [role] = whosOf(action.by).filter((who): who is Role => isRole(who))
    if (role) return (await holderOf(this.server, COURT, role)).username
    const above = whosOf(action.by).find((who) => who.startsWith('superior:'))
    if (above) return (await holderOf(this.server, COURT_ABOVE, above.slice('superior:'.length) as Role)).username
    const [holder] = await this.server.sql<{ username: string }>(
      `select a.username from "${this.kind.table}" t
       join post on post.court_id = t.court_id and (post.person_id = t.holder_id or post.team_id = t.holder_team_id)
       join account a on a.court_id = t.court_id and a.person_id = post.person_id where t.id = $1 order by 1 limit 1`,
      [id],
    )
    if (!holder) throw new Error(`nobody of the court may do this: ${String(action.by)}`)
    return holder.username
  }

  async open(opening: Opening): Promise<View> {
    const client = await this.server.as(await this.actorFor({ by: this.kind.opens.by }))
    return client.do(`/${this.kind.path}`, { ...opening, ...(await this.#overrides.open?.(this.server)) })
  }

  /** Takes one action as whoever may, approval included; returns the thing after it. */
  async step(id: string, name: string): Promise<View> {
    const action = this.kind.actions[name] as ActionSpec
    const username = await this.actorFor(action, id)
    const client = await this.server.as(username)
    for (const document of action.needs ?? []) await this.attach(id, document, username)
    const before = await client.read(`/${this.kind.path}/${id}`)
    const after = await client.do(`/${this.kind.path}/${id}/${name}`, {
      ...(await this.answersOf(name)),
      version: before.version,
    })
    return action.approval ? this.approve(id, action.approval) : after
  }

  async attach(id: string, document: string, username: string): Promise<void> {
    const client = await this.server.as(username)
    const reply = await client.upload(`/${this.kind.path}/${id}/attachments`, { document }, PDF)
    assert.equal(reply.status, 201, reply.text)
  }

  /** Every step that the approval of a thing still waits for. */
  async approve(id: string, chain: ApprovalSpec): Promise<View> {
    let thing: View | undefined
    for (const { role, above } of stepSpecs(chain)) {
      const approver = await this.server.as((await holderOf(this.server, above ? COURT_ABOVE : COURT, role)).username)
      thing = await approver.read(`/${this.kind.path}/${id}`)
      if (!thing?.approval) break
      await approver.do(`/approvals/${thing.approval.id}/approve`, { version: thing.version })
      thing = await approver.read(`/${this.kind.path}/${id}`)
    }
    return thing as View
  }

  async walk(path: Path): Promise<View> {
    let thing = await this.open(path.opening)
    for (const step of path.steps) thing = await this.step(thing.id, step)
    return thing
  }
}
