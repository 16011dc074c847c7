/** Entries in a log that no declaration names, because every kind has them. */
export const OWN_ACTS: Readonly<Record<string, string>> = {
  open: '发起',
  import: '导入',
  attach: '上传材料',
  parties: '更正当事人',
  address: '登记送达地址',
  explain: '说明预警理由',
}
