import { z } from 'zod'
import { holdsRole } from '#kernel/authorisation/may.ts'
import { BUSINESS_ROLES, type Role } from '#kernel/authorisation/roles.ts'
import { sql } from '#kernel/database/sql.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Session } from '#kernel/matter/acting.ts'
import { settingsOf } from './document-setting.ts'
import { SETTING_NAMES } from './setting-names.ts'
import { type SettingList, settingList } from './wire.ts'

// 文书设置: what stands in every document of the court: its account, its address, its letters' mark.

const EDITORS: readonly Role[] = ['centre.head']

const settingBody = z.strictObject({
  name: z.enum(SETTING_NAMES, '没有这一项'),
  value: z.string().trim().max(100, '不能超过100字'),
})

export function settingRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/document-settings',
      summary: '文书设置',
      articles: ['9'],
      access: BUSINESS_ROLES,
      reply: settingList,
      handle: settings,
    }),
    route({
      method: 'PUT',
      path: '/document-settings',
      summary: '修改文书设置',
      articles: ['9'],
      access: EDITORS,
      body: settingBody,
      reply: settingList,
      handle: async (call: Call<unknown, unknown, z.infer<typeof settingBody>>) => {
        const { tx, actor, at, body, audit } = call
        const before = (await settingsOf(tx, actor.courtId))[body.name]
        await tx.run(sql`
          insert into document_setting (court_id, name, seq, value, set_by, set_at)
          select ${actor.courtId}, ${body.name}, coalesce(max(seq), 0) + 1, ${body.value}, ${actor.name}, ${at}
          from document_setting where court_id = ${actor.courtId} and name = ${body.name}`)
        audit.push({ verb: 'document.setting', summary: { 项目: body.name, 原为: before, 现为: body.value } })
        return settings(call)
      },
    }),
  ]
}

async function settings({ tx, actor }: Pick<Session, 'tx'> & Call<unknown, unknown, unknown>): Promise<SettingList> {
  const said = await settingsOf(tx, actor.courtId)
  return {
    items: SETTING_NAMES.map((name) => ({ name, value: said[name] })),
    mayEdit: holdsRole(actor, EDITORS),
  }
}
