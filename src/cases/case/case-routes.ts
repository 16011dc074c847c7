import { z } from 'zod'
import { addressBody, recordAddress } from '#cases/documents/party-address.ts'
import { BUSINESS_ROLES } from '#kernel/authorisation/roles.ts'
import type { Row } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { listRoutes } from '#kernel/lists/list-routes.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { showActed, showReadable } from '#kernel/matter/page.ts'
import { readable } from '#kernel/matter/readable.ts'
import { routesOfKind } from '#kernel/matter/routes.ts'
import { lockThing } from '#kernel/matter/store.ts'
import { courtsInScope } from '#kernel/organisation/courts.ts'
import { enforcementCase } from './case.ts'
import { caseListing, caseListRoute, caseRows } from './case-list.ts'
import { newCaseBody, openCase } from './case-opening.ts'
import { casePage } from './case-page.ts'
import { readCertificate } from './certificate.ts'
import { correctParties, partyCorrectionBody } from './party-correction.ts'
import { takeQuota, unmaskBody, unmaskParty, unmaskReply } from './unmasking.ts'
import { caseList, caseView } from './wire.ts'

const MOST_FOUND = 200

const idParam = z.strictObject({ id: z.uuid('编号格式有误') })
const certificateSearchBody = z.strictObject({
  certificate: z.string().trim().min(4, '请填写完整的证件号码').max(40),
})

/** Routes of cases: list, page, opening by hand, search by certificate, and the acts that the declaration names. */
export function caseRoutes(): Route[] {
  return [
    caseListRoute(),
    route({
      method: 'GET',
      path: '/cases/:id',
      summary: '案件详情',
      articles: ['1', '17'],
      access: BUSINESS_ROLES,
      perThing: true,
      params: idParam,
      reply: caseView,
      handle: (call) => showReadable(call, casePage, call.params.id),
    }),
    route({
      method: 'POST',
      path: '/cases',
      summary: '新建案件',
      articles: ['10'],
      access: ['filing', 'centre.clerk', 'centre.head'],
      body: newCaseBody,
      reply: caseView,
      status: 201,
      handle: async (call) => showActed(call, casePage, await openCase(call, call.body)),
    }),
    route({
      method: 'POST',
      path: '/case-search',
      summary: '按证件号码查找案件',
      articles: ['10'],
      access: BUSINESS_ROLES,
      body: certificateSearchBody,
      reply: caseList,
      handle: findByCertificate,
    }),
    ...listRoutes(caseListing, { count: '/case-count', export: '/case-export' }),
    ...partyRoutes(),
    ...routesOfKind(enforcementCase, casePage),
  ]
}

function partyRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/cases/:id/parties',
      summary: '更正当事人',
      articles: ['10'],
      access: BUSINESS_ROLES,
      perThing: true,
      params: idParam,
      body: partyCorrectionBody,
      reply: caseView,
      handle: async (call) => {
        await readable(call, enforcementCase, call.params.id)
        await correctParties(call, call.params.id)
        return showActed(call, casePage, call.params.id)
      },
    }),
    route({
      method: 'POST',
      path: '/cases/:id/addresses',
      summary: '登记送达地址',
      articles: ['9', '10'],
      access: BUSINESS_ROLES,
      perThing: true,
      params: idParam,
      body: addressBody,
      reply: caseView,
      handle: async (call) => {
        await readable(call, enforcementCase, call.params.id)
        const thing = (await lockThing(call.tx, enforcementCase, call.params.id)) as Thing
        await recordAddress(call, enforcementCase, thing)
        return showActed(call, casePage, call.params.id)
      },
    }),
    route({
      method: 'POST',
      path: '/cases/:id/unmask',
      summary: '查看完整证件号码',
      articles: ['10'],
      access: BUSINESS_ROLES,
      perThing: true,
      reauth: true,
      params: idParam,
      body: unmaskBody,
      reply: unmaskReply,
      secrets: ['fullNumber'],
      handle: async (call) => unmaskParty(call, await readable(call, enforcementCase, call.params.id)),
    }),
  ]
}

/** Cases of a party by the whole number of its certificate; who asked for which is on record. */
async function findByCertificate(call: Call<unknown, unknown, z.infer<typeof certificateSearchBody>>) {
  const { tx, actor, on, body, audit } = call
  await takeQuota(call, 'case.searchCertificate')
  const { number } = readCertificate(body.certificate)
  const courts = await courtsInScope(tx, actor, 'subtree')
  const rows = await tx.query<Row>(sql`
    select * from enforcement_case where court_id = any(${courts}) and (court_id, id) in (
      select court_id, case_id from case_certificate where court_id = any(${courts}) and number = ${number})
    order by filed_on desc, id desc limit ${MOST_FOUND}`)
  audit.push({ verb: 'case.searchCertificate', summary: { 证件尾号: number.slice(-4), 案件数: rows.length } })
  return { items: await caseRows(tx, rows, on), next: null }
}
