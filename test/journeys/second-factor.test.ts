import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'
import { codeNow } from '#test/second-factor.ts'
import { type Desk, startJourney } from './browser.ts'

// The second step at the door, and the question before the gravest acts.

const PHONE = { width: 390, height: 844 }

async function firstStep(desk: Desk, username: string): Promise<void> {
  await desk.page.getByLabel('账号', { exact: true }).fill(username)
  await desk.page.getByLabel('密码').fill(DEMONSTRATION_PASSWORD)
  await desk.click('登录')
  await desk.page.getByLabel('动态口令').waitFor()
}

async function secondStep(desk: Desk, code: string): Promise<void> {
  await desk.page.getByLabel('动态口令').fill(code)
  await desk.click('登录')
}

/** Enrols in the dialog that is open; answers the secret as a phone would take it, and the recovery codes. */
async function enrolOnScreen(desk: Desk, time: Parameters<typeof codeNow>[0]) {
  const { page } = desk
  await desk.click('生成密钥')
  const shown = page.locator('.steps code')
  await shown.waitFor()
  await page.getByRole('img', { name: '双因素登录二维码' }).waitFor()
  const secret = (await shown.innerText()).replace(/\s/g, '')
  await desk.shot()
  await page.getByLabel('动态口令').fill(codeNow(time, secret, 9))
  await desk.click('确认启用')
  await desk.sees('动态口令不正确')
  await page.getByLabel('动态口令').fill(codeNow(time, secret))
  await desk.click('确认启用')
  await desk.sees('双因素登录已启用')
  const recovery = await page.locator('.codes code').allInnerTexts()
  assert.equal(recovery.length, 8)
  await desk.shot()
  await desk.click('已妥善保管')
  return { secret, recovery }
}

test('a clerk enrols in 个人设置 and then signs in by two steps, or by a recovery code', async (t) => {
  const journey = await startJourney(t, 'second-factor')
  const { server } = journey
  const desk = await journey.stranger({ refusals: [400, 401] })
  await desk.signIn('linjing')
  await desk.click('林静，岗位与退出')
  await desk.click('个人设置')
  const settings = desk.dialog('个人设置')
  await desk.sees('未启用', settings)
  await desk.shot()
  await desk.click('启用双因素登录', settings)
  const { secret, recovery } = await enrolOnScreen(desk, server)
  await desk.click('林静，岗位与退出')
  await desk.click('退出登录')
  await firstStep(desk, 'linjing')
  await desk.shot()
  await secondStep(desk, codeNow(server, secret))
  await desk.sees('动态口令不正确或已使用', desk.page.getByRole('alert'))
  server.time.pass({ minutes: 1 })
  await secondStep(desk, codeNow(server, secret))
  await desk.page.getByRole('heading', { name: '工作台' }).waitFor()
  const phone = await journey.stranger({ viewport: PHONE, refusals: [401] })
  await phone.open('/sign-in')
  await firstStep(phone, 'linjing')
  await phone.shot()
  await secondStep(phone, recovery[0] ?? '')
  await phone.page.getByRole('heading', { name: '工作台' }).waitFor()
  await phone.click('林静，岗位与退出')
  await phone.click('个人设置')
  await phone.sees('剩余恢复码 7 个')
  await phone.shot()
})

test('in earnest a president comes no further than the enrolment until he has enrolled', async (t) => {
  const journey = await startJourney(t, 'second-factor-due')
  await journey.server.sql('delete from demonstration')
  const desk = await journey.stranger({ refusals: [400, 404] })
  await desk.open('/sign-in')
  await desk.sees('手机遗失请联系安全管理员')
  await desk.page.getByLabel('账号', { exact: true }).fill('liangzhiyuan')
  await desk.page.getByLabel('密码').fill(DEMONSTRATION_PASSWORD)
  await desk.click('登录')
  await desk.page.getByRole('heading', { name: '启用双因素登录' }).waitFor()
  assert.equal(await desk.page.getByRole('navigation', { name: '主菜单' }).count(), 0)
  await desk.shot()
  await enrolOnScreen(desk, journey.server)
  await desk.page.getByRole('heading', { name: '工作台' }).waitFor()
})

test('a grave act some minutes after signing in asks for the password and then does just what was asked', async (t) => {
  const journey = await startJourney(t, 'proof')
  const desk = await journey.stranger({ refusals: [400, 403] })
  await desk.signIn('xitong')
  await desk.choose('人员与团队')
  await desk.page.getByLabel('姓名', { exact: true }).fill('孙海涛')
  await desk.click('孙海涛')
  await desk.click('重置密码', desk.dialog('孙海涛'))
  journey.server.time.pass({ minutes: 6 })
  const asked = desk.dialog('重置密码：孙海涛')
  await desk.click('确认重置密码', asked)
  const proof = desk.dialog('重新验证身份')
  await proof.getByLabel('登录密码').waitFor()
  await desk.shot()
  await desk.click('取消', proof)
  await desk.sees('请重新验证身份', asked.getByRole('alert'))
  assert.deepEqual(await journey.server.sql("select 1 from audit where verb = 'person.reset-password'"), [])
  await desk.click('确认重置密码', asked)
  await proof.getByLabel('登录密码').fill('wrong-password-1')
  await desk.click('验证并继续', proof)
  await desk.sees('密码不正确', proof)
  await proof.getByLabel('登录密码').fill(DEMONSTRATION_PASSWORD)
  await proof.getByLabel('登录密码').press('Enter')
  await desk.sees('首次登录密码（只显示这一次')
  await desk.shot()
  const done = await journey.server.sql("select 1 from audit where verb = 'person.reset-password'")
  assert.equal(done.length, 1, 'once')
})

test('an unused page warns before it signs out, and goes on where somebody is there', async (t) => {
  const journey = await startJourney(t, 'idle')
  const desk = await journey.stranger({ refusals: [401] })
  await desk.page.clock.install()
  await desk.signIn('anquan')
  await desk.page.clock.fastForward('11:50')
  assert.equal(await desk.dialog('即将自动退出').count(), 0)
  await desk.page.clock.fastForward('00:20')
  journey.server.time.pass({ minutes: 12 })
  const warning = desk.dialog('即将自动退出')
  await desk.sees('约2分钟后自动退出登录', warning)
  await desk.shot()
  await desk.click('继续使用', warning)
  await warning.waitFor({ state: 'detached' })
  journey.server.time.pass({ minutes: 14 })
  await desk.page.clock.fastForward('14:10')
  await desk.sees('约1分钟后自动退出登录', warning)
  assert.equal(await desk.page.getByRole('button', { name: '登录', exact: true }).count(), 0, 'the server says when')
  journey.server.time.pass({ minutes: 1 })
  await desk.page.clock.fastForward('00:10')
  await desk.sees('登录已失效，请重新登录。')
})
