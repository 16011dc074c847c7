import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startJourney } from './browser.ts'

// 案件管理 has more entries than anybody reads through: they stand in groups that open and close.

test('the menu’s groups open by keyboard, stay as somebody left them, and are in the phone’s drawer', async (t) => {
  const journey = await startJourney(t, 'menu')
  const clerk = await journey.at('linjing')
  const menu = clerk.page.getByRole('navigation', { name: '主菜单' })
  const intake = menu.getByRole('button', { name: '立案与分案' })
  const entry = menu.getByRole('link', { name: '立案核查' })
  await menu.getByRole('link', { name: '执行案件' }).waitFor()
  assert.equal(await entry.count(), 0, 'closed at first')
  await clerk.tabTo(intake)
  await clerk.page.keyboard.press('Enter')
  await entry.waitFor()
  await clerk.shot()
  await clerk.page.reload()
  await entry.waitFor()
  await clerk.tabTo(intake)
  await clerk.page.keyboard.press('Space')
  await entry.waitFor({ state: 'hidden' })
  await clerk.page.reload()
  await intake.waitFor()
  assert.equal(await entry.count(), 0, 'closed it stays, too')

  // Whoever comes to a page by another way finds its group open.
  await clerk.open('/asset-clues')
  await menu.getByRole('link', { name: '财产线索' }).waitFor()

  const phone = await journey.stranger({ viewport: { width: 390, height: 844 } })
  await phone.signIn('linjing')
  await phone.click('打开菜单')
  const drawer = phone.dialog('菜单')
  await phone.click('送达与调查', drawer)
  await phone.sees('传统查控', drawer)
  await phone.shot()
  await drawer.getByRole('link', { name: '送达任务' }).click()
  await phone.page.getByRole('heading', { level: 1, name: '送达任务' }).waitFor()
  await drawer.waitFor({ state: 'hidden' })
})
