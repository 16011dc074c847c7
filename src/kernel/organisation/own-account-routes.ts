import { z } from 'zod'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'
import { confirmSecret, factorState, owesFactor, prepareSecret } from '#kernel/second-factor/second-factor.ts'
import { base32, otpauthLink } from '#kernel/second-factor/totp.ts'
import { lockAccount } from './account.ts'
import { changeOwnPassword, proveSelf } from './own-account.ts'
import { PASSWORD_MAX } from './passwords.ts'
import { type FactorView, factorView } from './wire.ts'

// 个人设置 (第三十五条): the own password and the own second factor, and 重新验证身份 before the gravest acts.

const ARTICLES = ['35', '36.7']
const ISSUER = '执行指挥中心'

const password = z.string().min(1, '请填写密码').max(PASSWORD_MAX, '密码过长')
const code = z.string('请填写动态口令').trim().min(1, '请填写动态口令').max(40, '动态口令有误')

/** What everybody may do with his own account, also before the second factor that his posts ask for. */
export function ownAccountRoutes(): Route[] {
  return [
    route({
      method: 'PUT',
      path: '/me/password',
      summary: '修改本人密码（所有登录即失效）',
      articles: ['35'],
      access: 'signed-in',
      beforeFactor: true,
      body: z.strictObject({ currentPassword: password, newPassword: password }),
      reply: z.object({ changed: z.boolean() }),
      secrets: ['currentPassword', 'newPassword'],
      handle: (call) => changeOwnPassword(call, call.body),
    }),
    route({
      method: 'POST',
      path: '/me/proof',
      summary: '重新验证身份',
      articles: ARTICLES,
      access: 'signed-in',
      beforeFactor: true,
      body: z.strictObject({ password: password.optional(), code: code.optional() }),
      reply: z.object({ provedUntil: z.string() }),
      secrets: ['password', 'code'],
      handle: proveSelf,
    }),
    ...factorRoutes(),
  ]
}

function factorRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/me/second-factor',
      summary: '本人的双因素登录',
      articles: ARTICLES,
      access: 'signed-in',
      beforeFactor: true,
      reply: factorView,
      handle: showFactor,
    }),
    route({
      method: 'POST',
      path: '/me/second-factor',
      summary: '生成双因素登录密钥',
      articles: ARTICLES,
      access: 'signed-in',
      beforeFactor: true,
      reauth: true,
      body: z.strictObject({}),
      reply: z.object({ secret: z.string().optional(), link: z.string().optional() }),
      status: 201,
      secrets: ['secret', 'link'],
      handle: begin,
    }),
    route({
      method: 'POST',
      path: '/me/second-factor/confirm',
      summary: '以动态口令确认启用双因素登录',
      articles: ARTICLES,
      access: 'signed-in',
      beforeFactor: true,
      reauth: true,
      body: z.strictObject({ code }),
      reply: z.object({ recoveryCodes: z.array(z.string()).optional() }),
      secrets: ['code', 'recoveryCodes'],
      handle: confirm,
    }),
  ]
}

async function showFactor({ tx, actor }: Call<unknown, unknown, unknown>): Promise<FactorView> {
  const { confirmedAt, recoveryLeft } = await factorState(tx, { courtId: actor.courtId, id: actor.accountId })
  return {
    isOn: confirmedAt !== null,
    isDue: await owesFactor(tx, actor),
    confirmedAt: confirmedAt?.toISOString() ?? null,
    recoveryLeft,
  }
}

/** The secret leaves the server in this one answer and is kept sealed; it counts once a code confirms it. */
async function begin(call: Call<unknown, unknown, unknown>): Promise<{ secret: string; link: string }> {
  const account = await ownAccount(call)
  const secret = await prepareSecret(call.tx, call.services, account)
  note(call, 'person.second-factor-begin')
  return { secret: base32(secret), link: otpauthLink(ISSUER, account.username, secret) }
}

async function confirm(call: Call<unknown, unknown, { code: string }>): Promise<{ recoveryCodes: string[] }> {
  const account = await ownAccount(call)
  const recoveryCodes = await confirmSecret(call.tx, call.services, account, call.body.code, call.at)
  if (!recoveryCodes) {
    throw fieldProblem([{ path: 'code', message: '动态口令不正确，请核对手机时间后输入当前的口令' }])
  }
  note(call, 'person.second-factor')
  return { recoveryCodes }
}

async function ownAccount({ tx, actor }: Call<unknown, unknown, unknown>) {
  const account = await lockAccount(tx, { id: actor.accountId })
  if (!account) throw problem('thing.not-found')
  return account
}

function note({ audit, actor }: Call<unknown, unknown, unknown>, verb: string): void {
  audit.push({ verb, thing: { kind: 'person', id: actor.personId, label: actor.name } })
}
