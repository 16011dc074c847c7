import { z } from 'zod'
import { ROLE_NAMES } from '#kernel/authorisation/roles.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { isOn } from '#kernel/time/time.ts'
import { courtsInScope } from './courts.ts'
import {
  createPerson,
  endPost,
  givePost,
  resetPassword,
  resetSecondFactor,
  startAccount,
  stopAccount,
} from './people.ts'
import { listPeople } from './people-list.ts'
import { type PersonView, personView } from './wire.ts'

// People, accounts and posts (第五条、第三十六条第七项).

const ARTICLES = ['5', '36.7']
const idParam = z.strictObject({ id: z.uuid('编号格式有误') })
const on = z.string('请填写日期').refine(isOn, '请填写日期')
const reason = z.string('请填写理由').trim().min(1, '请填写理由').max(500, '不能超过500字')

const listQuery = z.strictObject({
  scope: z.string().max(20).optional(),
  q: z.string().trim().max(50).optional(),
  role: z.enum(ROLE_NAMES, '没有这个岗位').optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const newPerson = z.strictObject({
  name: z.string('请填写姓名').trim().min(1, '请填写姓名').max(50, '不能超过50字'),
  username: z
    .string('请填写账号')
    .trim()
    .regex(/^[a-z0-9._-]{2,40}$/, '2至40位小写字母、数字或 . _ -'),
  samePersonAs: z.uuid('编号格式有误').nullish(),
})
const newPost = z.strictObject({
  role: z.enum(ROLE_NAMES, '请选择岗位'),
  teamId: z.uuid('请选择团队').nullish(),
  fromOn: on,
})

/** People, their accounts and posts. 系统管理员 keeps accounts, 安全管理员 gives posts, everybody may look people up. */
export function peopleRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/people',
      summary: '人员清单',
      articles: ARTICLES,
      access: ROLE_NAMES,
      query: listQuery,
      reply: z.object({ items: z.array(personView), next: z.string().nullable() }),
      handle: showPeople,
    }),
    route({
      method: 'POST',
      path: '/people',
      summary: '登记人员并开立账号',
      articles: ARTICLES,
      access: ['administrator.system'],
      body: newPerson,
      // A repeated request gets the answer without it.
      reply: z.object({ person: personView, temporaryPassword: z.string().optional() }),
      status: 201,
      secrets: ['temporaryPassword'],
      handle: async (call) => {
        const made = await createPerson(call, { ...call.body, samePersonAs: call.body.samePersonAs ?? null })
        return { person: await showPerson(call, made.id), temporaryPassword: made.password }
      },
    }),
    ...accountRoutes(),
    ...postRoutes(),
  ]
}

function accountRoutes(): Route[] {
  const common = { method: 'POST', articles: ARTICLES, access: ['administrator.system'], params: idParam } as const
  return [
    route({
      ...common,
      path: '/people/:id/stop',
      summary: '停用账号',
      body: z.strictObject({ reason }),
      reply: personView,
      handle: async (call) => {
        await stopAccount(call, call.params.id, call.body.reason)
        return showPerson(call, call.params.id)
      },
    }),
    route({
      ...common,
      path: '/people/:id/start',
      summary: '启用账号',
      body: z.strictObject({}),
      reply: personView,
      handle: async (call) => {
        await startAccount(call, call.params.id)
        return showPerson(call, call.params.id)
      },
    }),
    route({
      ...common,
      path: '/people/:id/reset-password',
      summary: '重置密码',
      reauth: true,
      body: z.strictObject({}),
      reply: z.object({ temporaryPassword: z.string().optional() }),
      secrets: ['temporaryPassword'],
      handle: async (call) => ({ temporaryPassword: await resetPassword(call, call.params.id) }),
    }),
  ]
}

function postRoutes(): Route[] {
  const common = { method: 'POST', articles: ARTICLES, access: ['administrator.security'], params: idParam } as const
  return [
    route({
      ...common,
      path: '/people/:id/posts',
      summary: '任命岗位',
      reauth: true,
      body: newPost,
      reply: personView,
      handle: async (call) => {
        await givePost(call, call.params.id, { ...call.body, teamId: call.body.teamId ?? null })
        return showPerson(call, call.params.id)
      },
    }),
    route({
      ...common,
      path: '/people/:id/end-post',
      summary: '免去岗位',
      reauth: true,
      body: z.strictObject({ postId: z.uuid('编号格式有误'), toOn: on }),
      reply: personView,
      handle: async (call) => {
        await endPost(call, call.params.id, call.body)
        return showPerson(call, call.params.id)
      },
    }),
    route({
      ...common,
      path: '/people/:id/reset-second-factor',
      summary: '重置双因素登录',
      reauth: true,
      body: z.strictObject({ reason }),
      reply: personView,
      handle: async (call) => {
        await resetSecondFactor(call, call.params.id, call.body.reason)
        return showPerson(call, call.params.id)
      },
    }),
  ]
}

async function showPerson(session: Session, id: string): Promise<PersonView> {
  const [person] = await listPeople(session, { courtIds: [session.actor.courtId], id, limit: 1 })
  return person as PersonView
}

async function showPeople(call: Call<unknown, z.infer<typeof listQuery>, unknown>) {
  const { scope, q, role, after, limit } = call.query
  const courtIds = await courtsInScope(call.tx, call.actor, scope)
  const people = await listPeople(call, { courtIds, q, role, after: readCursor(after), limit: limit + 1 })
  const { page, next } = pageOf(people, limit, ({ name, id }) => ({ key: name, id }))
  return { items: page, next }
}
