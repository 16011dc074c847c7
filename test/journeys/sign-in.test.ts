import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMONSTRATION_PASSWORD } from '#kernel/organisation/demonstration.ts'
import { startJourney } from './browser.ts'

// At the door: what a wrong password leads to, and how a stopped account is thrown out.

test('a wrong password is refused in words, and five of them lock the account', async (t) => {
  const journey = await startJourney(t, 'sign-in')
  const desk = await journey.stranger({ refusals: [401, 423] })
  const { page } = desk
  await desk.open('/sign-in')
  await desk.sees('演示账号')
  await desk.shot()
  await page.getByLabel('账号', { exact: true }).fill('linjing')
  const refusal = page.getByRole('alert')
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await page.getByLabel('密码').fill(`wrong-password-${attempt}`)
    const answered = page.waitForResponse('**/api/session')
    await desk.click('登录')
    await answered
    await desk.sees('账号或密码不正确', refusal)
    await desk.sees('请核对后重试；连续错误将锁定账号', refusal)
  }
  await desk.shot()
  await page.getByLabel('密码').fill(DEMONSTRATION_PASSWORD)
  await desk.click('登录')
  await desk.sees('账号因连续验证错误已锁定', refusal)
  await desk.sees('请于15分钟后重试，或联系系统管理员', refusal)
  assert.equal(new URL(page.url()).pathname, '/sign-in', 'not even the right password opens')
  await desk.shot()
  journey.server.time.pass({ minutes: 16 })
  await desk.signIn('linjing')
  await page.getByRole('heading', { name: '工作台' }).waitFor()
})

test('a stopped account is thrown out at its next click', async (t) => {
  const journey = await startJourney(t, 'stopped-account')
  const judge = await journey.stranger({ refusals: [401] })
  await judge.signIn('sunhaitao')
  const administrator = await journey.at('xitong')
  await administrator.choose('人员与团队')
  await administrator.page.getByLabel('姓名', { exact: true }).fill('孙海涛')
  await administrator.click('孙海涛')
  await administrator.click('停用账号', administrator.dialog('孙海涛'))
  const asked = administrator.dialog('停用账号：孙海涛')
  await asked.getByLabel('理由').fill('调离本院')
  await administrator.click('确认停用账号', asked)
  await administrator.sees('已停用', administrator.page.getByRole('table', { name: '人员' }))
  await administrator.shot()
  await judge.page.getByRole('link', { name: '执行案件' }).click()
  await judge.page.getByRole('button', { name: '登录', exact: true }).waitFor()
  await judge.sees('登录已失效，请重新登录。')
  assert.equal(await judge.page.getByRole('navigation', { name: '主菜单' }).count(), 0)
  await judge.shot()
  await judge.page.getByLabel('账号', { exact: true }).fill('sunhaitao')
  await judge.page.getByLabel('密码').fill(DEMONSTRATION_PASSWORD)
  await judge.click('登录')
  await judge.sees('账号或密码不正确', judge.page.getByRole('alert'))
})
