// What a court says of itself in its documents, set once for all of them (文书设置).

export const SETTING_NAMES = ['发文机关代字', '收款户名', '开户银行', '收款账号', '法院地址', '联系电话'] as const

export type SettingName = (typeof SETTING_NAMES)[number]
