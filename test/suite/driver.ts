import assert from 'node:assert/strict'
import { isRole, type Role } from '#kernel/authorisation/roles.ts'
import type { Field } from '#kernel/matter/field.ts'
import { type ActionSpec, type Kind, whosOf } from '#kernel/matter/matter.ts'
import type { TestServer } from '#test/harness.ts'
import { holderOf, PDF } from './cast.ts'
import type { Opening, Path } from './paths.ts'

// Acting out a path over HTTP: each step by someone who may, with the papers it needs and the approval it asks for.

export const COURT = '吉0193'

// biome-ignore lint/suspicious/noExplicitAny: answers of every kind
type View = any

export class Driver {
  readonly server: TestServer
  readonly kind: Kind

  constructor(server: TestServer, kind: Kind) {
    this.server = server
    this.kind = kind
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

  /** Someone of the court who may: the person named for 'opener' and 'holder' comes from the thing. */
  async actorFor(action: Pick<ActionSpec, 'by'>): Promise<string> {
    const roles = whosOf(action.by).filter((who): who is Role => isRole(who))
    const [role] = roles
    if (!role) throw new Error(`no role of the own court may do this: ${String(action.by)}`)
    return (await holderOf(this.server, COURT, role)).username
  }

  async open(opening: Opening): Promise<View> {
    const client = await this.server.as(await this.actorFor({ by: this.kind.opens.by }))
    return client.do(`/${this.kind.path}`, opening)
  }

  /** Takes one action as whoever may, approval included; returns the thing after it. */
  async step(id: string, name: string): Promise<View> {
    const action = this.kind.actions[name] as ActionSpec
    const client = await this.server.as(await this.actorFor(action))
    for (const document of action.needs ?? []) await this.attach(id, document, await this.actorFor(action))
    const before = await client.read(`/${this.kind.path}/${id}`)
    const after = await client.do(`/${this.kind.path}/${id}/${name}`, {
      ...(await this.answersFor(action.ask ?? {})),
      version: before.version,
    })
    return action.approval ? this.approve(id, action.approval) : after
  }

  async attach(id: string, document: string, username: string): Promise<void> {
    const client = await this.server.as(username)
    const reply = await client.upload(`/${this.kind.path}/${id}/attachments`, { document }, PDF)
    assert.equal(reply.status, 201, reply.text)
  }

  async approve(id: string, role: Role): Promise<View> {
    const approver = await this.server.as((await holderOf(this.server, COURT, role)).username)
    const thing = await approver.read(`/${this.kind.path}/${id}`)
    await approver.do(`/approvals/${thing.approval.id}/approve`, { version: thing.version })
    return approver.read(`/${this.kind.path}/${id}`)
  }

  async walk(path: Path): Promise<View> {
    let thing = await this.open(path.opening)
    for (const step of path.steps) thing = await this.step(thing.id, step)
    return thing
  }
}
