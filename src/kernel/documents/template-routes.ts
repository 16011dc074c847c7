import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { isStorageFault, type StoredBlob } from '#kernel/attachments/blob-store.ts'
import { holdsRole, type PersonActor } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES, type Role } from '#kernel/authorisation/roles.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Services } from '#kernel/matter/acting.ts'
import { formsOfKind, knownTags } from '#kernel/matter/issuing.ts'
import type { Kind } from '#kernel/matter/matter.ts'
import { problem } from '#kernel/problem/problem.ts'
import type { Data } from './fill.ts'
import { COMMON_TAGS, type Form, faultsOfTemplate, shippedTemplate } from './form.ts'
import { checkTemplate, TEMPLATE_LIMIT_BYTES, type TemplateTags } from './template-check.ts'
import { type TemplateRow, templatesOf } from './template-store.ts'
import { type FormView, formList, formView, type TemplateVersion } from './wire.ts'
import { WORD_TYPE } from './word-file.ts'

// 文书模板: what comes with the product, what the court brings instead; whoever brings one doesn't put it into use.

const UPLOADERS: readonly Role[] = ['centre.clerk', 'centre.head', 'administrator.security']
const DECIDERS: readonly Role[] = ['centre.head', 'administrator.security']
const READERS: readonly Role[] = [...BUSINESS_ROLES, 'administrator.security']
const ARTICLES = ['9']
const idParam = z.strictObject({ id: z.uuid('编号格式有误') })

interface KnownForm {
  form: Form
  kindTitle: string
  tags: TemplateTags
}

/** Every form of these kinds with the tags that its templates may use. */
export function knownForms(kinds: readonly Kind[]): Map<string, KnownForm> {
  const all = kinds.flatMap((kind) =>
    formsOfKind(kind).map(({ form, spec }) => ({ form, kindTitle: kind.title, tags: knownTags(kind, spec) })),
  )
  return new Map(all.map((one) => [one.form.id, one]))
}

export function templateRoutes(kinds: readonly Kind[]): Route[] {
  const forms = knownForms(kinds)
  return [listRoute(forms), shippedRoute(forms), uploadRoute(forms), fileRoute(), ...decideRoutes(forms)]
}

function listRoute(forms: ReadonlyMap<string, KnownForm>): Route {
  return route({
    method: 'GET',
    path: '/document-templates',
    summary: '文书模板',
    articles: ARTICLES,
    access: READERS,
    reply: formList,
    handle: async ({ tx, actor }) => {
      const rows = await templatesOf(tx, actor.courtId)
      return {
        items: [...forms.values()].map((one) => viewOf(actor, one, rows)),
        mayUpload: holdsRole(actor, UPLOADERS),
        mayActivate: holdsRole(actor, DECIDERS),
      }
    },
  })
}

function viewOf(actor: PersonActor, { form, kindTitle, tags }: KnownForm, rows: readonly TemplateRow[]): FormView {
  return {
    id: form.id,
    title: form.title,
    kindTitle,
    family: form.family,
    required: [...form.required],
    tags: [...new Set([...tags.outer, ...COMMON_TAGS])],
    lists: Object.entries(tags.inner).map(([name, inner]) => ({ name, tags: inner })),
    versions: rows.filter((row) => row.form === form.id).map((row) => versionOf(actor, row)),
  }
}

function versionOf(actor: PersonActor, row: TemplateRow): TemplateVersion {
  const isReady = row.unknown.length === 0 && row.lacking.length === 0
  return {
    id: row.id,
    version: row.version,
    fileName: row.file_name,
    state: row.state,
    unknown: row.unknown,
    lacking: row.lacking,
    by: row.uploaded_name,
    at: row.uploaded_at.toISOString(),
    decidedBy: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    mayActivate:
      row.state === 'waiting' && isReady && holdsRole(actor, DECIDERS) && row.uploaded_natural !== actor.naturalId,
  }
}

function shippedRoute(forms: ReadonlyMap<string, KnownForm>): Route {
  return route({
    method: 'GET',
    path: '/document-forms/:form/template',
    summary: '下载系统自带的模板',
    articles: ARTICLES,
    access: READERS,
    params: z.strictObject({ form: z.enum([...forms.keys()], '没有这种文书') }),
    handle: async ({ params }) => {
      const known = forms.get(params.form)
      if (!known) throw problem('thing.not-found')
      const { file } = shippedTemplate(known.form)
      return { file: Readable.from([file]), name: `${known.form.title}（模板）.docx`, mediaType: WORD_TYPE }
    },
  })
}

function uploadRoute(forms: ReadonlyMap<string, KnownForm>): Route {
  return route({
    method: 'POST',
    path: '/document-templates',
    summary: '上传文书模板',
    articles: ARTICLES,
    access: UPLOADERS,
    body: z.strictObject({ form: z.string().max(80) }),
    reply: formView,
    status: 201,
    uploadLimitBytes: TEMPLATE_LIMIT_BYTES,
    handle: async (call) => {
      const { upload, tx, actor, at, services } = call
      const known = forms.get(call.body.form)
      if (!known || !upload) throw problem('request.malformed')
      const { tags, file } = checkTemplate(await readFile(upload.path), new Set(Object.keys(known.tags.inner)))
      const { unknown, lacking } = faultsOfTemplate(known.form, tags, known.tags)
      // Made once with every tag filled: what would break a document breaks here, before it is kept.
      await services.renderer.render({ template: file, data: sampleOf(tags), at })
      const kept = await keep(services, file)
      const id = randomUUID()
      await tx.query(
        sql`select pg_advisory_xact_lock(hashtextextended(${`template ${known.form.id}`}, ${actor.courtId}))`,
      )
      await tx.run(sql`
        insert into document_template (court_id, id, form, version, file_name, digest, size_bytes, unknown, lacking,
          state, uploaded_by, uploaded_natural, uploaded_name, uploaded_at)
        select ${actor.courtId}, ${id}, ${known.form.id}, coalesce(max(version), 0) + 1, ${upload.fileName},
          ${kept.digest}, ${kept.sizeBytes}, ${unknown}, ${lacking}, 'waiting', ${actor.personId},
          ${actor.naturalId}, ${actor.name}, ${at}
        from document_template where court_id = ${actor.courtId} and form = ${known.form.id}`)
      call.audit.push({
        verb: 'template.upload',
        thing: { kind: 'template', id, label: known.form.title },
        summary: { 文件: upload.fileName, 未知字段: unknown.join('、'), 缺少要素: lacking.join('、') },
      })
      return viewOf(actor, known, await templatesOf(tx, actor.courtId))
    },
  })
}

/** The file that was checked; the one that was brought is named by nobody and goes. */
async function keep({ blobs }: Services, file: Buffer): Promise<StoredBlob> {
  try {
    return await blobs.putWhole(file)
  } catch (error) {
    if (isStorageFault(error)) throw problem('storage.unavailable', {}, { cause: error })
    throw error
  }
}

/** Each tag with its own name for a value; a tag that holds others is a list of one. */
function sampleOf(tags: TemplateTags): Data {
  const said = (names: readonly string[]) => Object.fromEntries(names.map((tag) => [tag, `【${tag}】`]))
  const lists = Object.entries(tags.inner).map(([list, inner]): [string, Data[]] => [list, [said(inner)]])
  return { ...said(tags.outer), ...Object.fromEntries(lists) }
}

function fileRoute(): Route {
  return route({
    method: 'GET',
    path: '/document-templates/:id/file',
    summary: '下载已上传的模板',
    articles: ARTICLES,
    access: READERS,
    params: idParam,
    handle: async (call) => {
      const row = await ownTemplate(call)
      return { file: call.services.blobs.read(row.digest), name: row.file_name, mediaType: WORD_TYPE }
    },
  })
}

const FOR_UPDATE = sql`for no key update`

async function ownTemplate(
  { tx, actor, params }: Call<{ id: string }, unknown, unknown>,
  lock = sql``,
): Promise<TemplateRow> {
  const row = await tx.maybe<TemplateRow>(
    sql`select * from document_template where court_id = ${actor.courtId} and id = ${params.id} ${lock}`,
  )
  if (!row) throw problem('thing.not-found')
  return row
}

function decideRoutes(forms: ReadonlyMap<string, KnownForm>): Route[] {
  const decided = async (
    call: Call<{ id: string }, unknown, unknown>,
    row: TemplateRow,
    state: 'active' | 'retired',
  ) => {
    const { tx, actor, at } = call
    await tx.run(sql`
      update document_template set state = ${state}, decided_natural = ${actor.naturalId}, decided_name = ${actor.name},
        decided_at = ${at}
      where court_id = ${actor.courtId} and id = ${row.id}`)
    const known = forms.get(row.form)
    if (!known) throw problem('thing.not-found')
    call.audit.push({
      verb: state === 'active' ? 'template.activate' : 'template.retire',
      thing: { kind: 'template', id: row.id, label: known.form.title },
      summary: { 版本: row.version, 文件: row.file_name },
    })
    return viewOf(actor, known, await templatesOf(tx, actor.courtId))
  }
  const common = {
    method: 'POST',
    articles: ARTICLES,
    access: DECIDERS,
    params: idParam,
    body: z.strictObject({}),
    reply: formView,
  } as const
  return [
    route({
      ...common,
      path: '/document-templates/:id/activate',
      summary: '启用文书模板',
      handle: async (call) => {
        const row = await ownTemplate(call, FOR_UPDATE)
        if (row.state !== 'waiting') throw problem('template.decided')
        const faults = [
          ...row.unknown.map((tag) => `未知字段“${tag}”`),
          ...row.lacking.map((tag) => `缺少必备字段“${tag}”`),
        ]
        if (faults.length > 0) throw problem('template.not-ready', { faults: faults.join('、') })
        if (row.uploaded_natural === call.actor.naturalId) throw problem('template.own-hand')
        await call.tx.run(sql`
          update document_template set state = 'retired'
          where court_id = ${row.court_id} and form = ${row.form} and state = 'active'`)
        return decided(call, row, 'active')
      },
    }),
    route({
      ...common,
      path: '/document-templates/:id/retire',
      summary: '停用文书模板（恢复使用系统自带的模板）',
      handle: async (call) => {
        const row = await ownTemplate(call, FOR_UPDATE)
        if (row.state === 'retired') throw problem('template.decided')
        return decided(call, row, 'retired')
      },
    }),
  ]
}
