import type { On } from '#kernel/time/time.ts'
import { CITATIONS, type CitedArticle } from '#rules/citations.ts'

// Numbers, dates, amounts and citations in the words of a document.

const DIGITS = '〇一二三四五六七八九'

/** 二百四十七: whole numbers from 1 to 9999 as articles are counted. */
export function chineseNumber(value: number): string {
  const units = ['', '十', '百', '千']
  const digits = String(value).split('').map(Number)
  let said = ''
  digits.forEach((digit, index) => {
    const unit = units[digits.length - 1 - index] ?? ''
    if (digit !== 0) said += DIGITS.replace('〇', '零')[digit] + unit
    else if (!said.endsWith('零') && digits.slice(index).some((rest) => rest !== 0)) said += '零'
  })
  return said.replace(/^一十/, '十')
}

/** 二〇二一年六月一日, as rulings are dated. */
export function writtenDate(on: On): string {
  const [year, month, day] = on.split('-').map(Number) as [number, number, number]
  const spelled = String(year).replace(/\d/g, (digit) => DIGITS[Number(digit)] ?? '')
  return `${spelled}年${chineseNumber(month)}月${chineseNumber(day)}日`
}

/** 2021年6月1日, as official letters and all text are dated. */
export function plainDate(on: On): string {
  const [year, month, day] = on.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** 123456.78元; whole yuan without decimals. */
export function yuanOf(fen: bigint): string {
  const cents = fen % 100n
  return `${fen / 100n}${cents === 0n ? '' : `.${String(cents).padStart(2, '0')}`}元`
}

const BIG_DIGITS = '零壹贰叁肆伍陆柒捌玖'

/** 壹拾贰万叁仟肆佰伍拾陆元柒角捌分, for an amount in fen that is not negative. */
export function bigAmount(fen: bigint): string {
  const yuan = String(fen / 100n)
  const [jiao, cent] = [Number((fen / 10n) % 10n), Number(fen % 10n)] as [number, number]
  const groups = ['', '万', '亿', '万亿']
  let said = ''
  let zero = false
  for (let place = yuan.length - 1; place >= 0; place -= 1) {
    const digit = Number(yuan[yuan.length - 1 - place])
    if (digit === 0) zero = said !== ''
    else {
      said += `${zero ? '零' : ''}${BIG_DIGITS[digit]}${['', '拾', '佰', '仟'][place % 4]}`
      zero = false
    }
    const group = groups[place / 4]
    const written = yuan.slice(Math.max(0, yuan.length - place - 4), yuan.length - place)
    if (place % 4 === 0 && group && Number(written) > 0) said += group
  }
  const whole = said === '' ? '' : `${said}元`
  if (jiao === 0 && cent === 0) return whole === '' ? '零元整' : `${whole}整`
  const gap = whole !== '' && jiao === 0 ? '零' : ''
  return `${whole}${jiao === 0 ? gap : `${BIG_DIGITS[jiao]}角`}${cent === 0 ? '' : `${BIG_DIGITS[cent]}分`}`
}

/** Every citation by its name as it reads on a day; null where none of the texts was in force then. */
export function citationsOn(on: On): Record<string, string | null> {
  return Object.fromEntries(Object.entries(CITATIONS).map(([name, versions]) => [name, citedOn(versions, on)]))
}

function citedOn(versions: readonly CitedArticle[], on: On): string | null {
  const one = versions.find(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on <= validTo))
  return one ? `《${one.law}》第${chineseNumber(one.article)}条${one.part ?? ''}` : null
}
