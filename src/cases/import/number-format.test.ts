import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDateFormat } from './number-format.ts'

test('formats that show a date, and formats that do not', () => {
  const dates = [
    'yyyy-mm-dd',
    'yyyy"年"m"月"d"日"',
    '[$-804]yyyy/m/d;@',
    'm/d/yy h:mm',
    '[h]:mm:ss',
    'dd\\-mm\\-yy',
    '[Red]YYYY',
    'mmm-yy',
  ]
  for (const code of dates) assert.equal(isDateFormat(176, code), true, code)
  const numbers = [
    'General',
    'General"元"',
    '#,##0.00',
    '0.00E+00',
    '"日期"0',
    '\\d0',
    '_ ¥* #,##0.00_ ;_ ¥* \\-#,##0.00_ ',
    '[Red]0.00',
    '[DBNum1]0',
    '@',
    '0_d',
    'G/通用格式',
    '0;"yyyy"',
  ]
  for (const code of numbers) assert.equal(isDateFormat(176, code), false, code)
  for (const id of [14, 22, 27, 31, 36, 45, 57]) assert.equal(isDateFormat(id, null), true, String(id))
  for (const id of [0, 1, 4, 9, 11, 37, 44, 48, 49, 176]) assert.equal(isDateFormat(id, null), false, String(id))
})
