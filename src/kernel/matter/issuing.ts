import { body, dated, plain, signature } from '#kernel/documents/block.ts'
import { plainDate, yuanOf } from '#kernel/documents/court-words.ts'
import type { Data } from '#kernel/documents/fill.ts'
import { type Form, letterForm } from '#kernel/documents/form.ts'
import type { DocumentOrder } from '#kernel/documents/issue.ts'
import { issueDocument } from '#kernel/documents/issue.ts'
import type { TemplateTags } from '#kernel/documents/template-check.ts'
import { courtNames } from '#kernel/organisation/courts.ts'
import type { Acting, Session } from './acting.ts'
import type { Field, FieldValue } from './field.ts'
import type { ActionSpec, Kind, Thing } from './matter.ts'
import { shown } from './words.ts'

// An act that issues a document: which form, and what the thing and the answers say in it. The tags of a kind are the
// labels of its fields, so that a court reads in its template what it reads on the screen.

export type IssuingAct = ActionSpec & { issues: string }

/** The form of a document that the system writes: the one declared, else a letter with the fields of the matter. */
export function formOf(kind: Kind, document: string): Form {
  const spec = kind.documents?.[document]
  return spec?.form ?? derivedLetter(kind, document, spec?.label ?? kind.title)
}

const derived = new Map<string, Form>()

function derivedLetter(kind: Kind, document: string, title: string): Form {
  const id = `${kind.id}.${document}`
  const known = derived.get(id)
  if (known) return known
  const word = /\{court\}(\p{Script=Han}+)〔/u.exec(kind.number ?? '')?.[1] ?? '函'
  const made = letterForm(id, {
    title,
    numbering: { by: 'letter', word },
    body: [
      plain('{#主送}{主送}：{/主送}'),
      ...Object.values(kind.fields).map(({ label }) => body(`{#${label}}${label}：{${label}}{/${label}}`)),
      signature('{法院}'),
      dated('{日期}'),
    ],
  })
  derived.set(id, made)
  return made
}

/** Every form that a kind issues, each with the act that issues it. */
export function formsOfKind(kind: Kind): { action: string; spec: IssuingAct; form: Form }[] {
  return Object.entries(kind.actions).flatMap(([action, spec]) =>
    spec.issues === undefined ? [] : [{ action, spec: spec as IssuingAct, form: formOf(kind, spec.issues) }],
  )
}

/** Where the document of an act is looked at before it is issued; null where the act issues none. */
export function previewPathOf(kind: Kind, id: string, action: string): string | null {
  return kind.actions[action]?.issues === undefined ? null : `${kind.path}/${id}/documents/${action}/preview`
}

/** The tags that a template of this act may use. */
export function knownTags(kind: Kind, spec: ActionSpec): TemplateTags {
  const own = kind.paper?.tags ?? { outer: [...BASE_TAGS, ...labels(kind.fields)], inner: {} }
  return { outer: [...own.outer, ...labels(spec.ask ?? {}), ...Object.keys(spec.says ?? {})], inner: own.inner }
}

/** The tags of this act that the answers decide: of these none is missing before somebody has answered. */
export function answeredTags({ ask = {}, says = {} }: ActionSpec): Set<string> {
  return new Set([...labels(ask), ...Object.keys(says)])
}

const BASE_TAGS = ['编号', '主送', '承办人', '经办人']

function labels(fields: Readonly<Record<string, Field>>): string[] {
  return Object.values(fields).map(({ label }) => label)
}

/** Issues the document of an act that has just been carried out, in its transaction. */
export async function issueFor(acting: Acting, action: string): Promise<void> {
  await issueDocument(acting, await orderOf(acting, acting.kind, acting.thing, action, acting.answers, false))
}

/** What is to be issued; `masked` for eyes that have no right to whole certificate numbers yet. */
export async function orderOf(
  session: Session,
  kind: Kind,
  thing: Thing,
  action: string,
  answers: Readonly<Record<string, FieldValue>>,
  masked: boolean,
): Promise<DocumentOrder> {
  const spec = kind.actions[action] as IssuingAct
  const names = await courtNames(session.tx)
  const own = kind.paper ? await kind.paper.data(session, thing, masked) : await thingData(session, kind, thing)
  const asked = Object.entries(spec.ask ?? {}).map(([name, field]) => [
    field.label,
    saidInDocument(field, answers[name] ?? null, (value) => shown(field.type, value, names)),
  ])
  const said = Object.entries(spec.says ?? {}).map(([tag, of]) => [tag, of({ thing, answers, on: session.on })])
  return {
    form: formOf(kind, spec.issues),
    action,
    subject: {
      courtId: thing.courtId,
      counterpartCourtId: thing.counterpartCourtId,
      kind: kind.id,
      id: thing.id,
      number: thing.number,
      caseId: kind.id === 'case' ? thing.id : thing.caseId,
    },
    data: { ...own, ...Object.fromEntries([...asked, ...said]) },
  }
}

async function thingData(session: Session, kind: Kind, thing: Thing): Promise<Data> {
  const names = await courtNames(session.tx)
  const counterpart = thing.counterpartCourtId ? (names.courts.get(thing.counterpartCourtId)?.name ?? null) : null
  const fields = Object.entries(kind.fields).map(([name, field]): [string, string | null] => {
    const value = thing.values[name] ?? null
    if (field.type === 'person' || field.type === 'team') return [field.label, value === null ? null : thing.holderName]
    if (field.type === 'document') return [field.label, null]
    return [field.label, saidInDocument(field, value, (one) => shown(field.type, one, names))]
  })
  return {
    ...Object.fromEntries(fields),
    编号: thing.number,
    主送: counterpart ?? thing.holderName,
    承办人: thing.holderName,
    经办人: session.actor.name,
  }
}

function saidInDocument(field: Field, value: FieldValue, words: (value: FieldValue) => string): string | null {
  if (value === null || value === '') return null
  if (field.type === 'date') return plainDate(String(value))
  if (field.type === 'money') return yuanOf(BigInt(value as bigint))
  return words(value)
}
