import { dateOf, daysBetween } from '#kernel/time/time.ts'

// How numbers, dates and limits are written on screen.

/** Fen as digits → 1,234,567.00; an unknown amount is a dash. Exact for any size: no number type is involved. */
export function yuan(fen: string | null | undefined): string {
  if (fen === null || fen === undefined || fen === '') return '—'
  const sign = fen.startsWith('-') ? '-' : ''
  const digits = fen.replace('-', '').padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}${whole}.${digits.slice(-2)}`
}

/** Yuan as typed (commas, 元 and spaces allowed) → fen as digits; null where it is no amount. */
export function fenOf(text: string): string | null {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text.replace(/[,，\s元]/g, ''))
  if (!match?.[1]) return null
  return (match[1] + (match[2] ?? '').padEnd(2, '0')).replace(/^0+(?=\d)/, '')
}

/** A count with thousands separators. */
export function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Hundredths → 12.50: loads and weights, in cases. */
export function hundredths(n: number): string {
  return `${count(Math.floor(n / 100))}.${String(n % 100).padStart(2, '0')}`
}

/** An instant → 2021-09-30 09:41 in Shanghai. */
export function moment(instant: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return instant
  const clock = at.toLocaleTimeString('zh-CN', {
    timeZone: 'Asia/Shanghai',
    hour12: false,
    hour: '2-digit',
    minute: '2-digit',
  })
  return `${dateOf(at)} ${clock}`
}

export type Tone = 'danger' | 'warn' | 'calm' | 'good' | 'rest'

/** A limit in words: 还有 3 天, 今天到期, 超期 2 天, 按期, 逾期办结. `today` and `dueOn` are dates of Shanghai. */
export function dueWords(
  state: string,
  dueOn: string | null,
  today: string,
  doneOn?: string | null,
): { text: string; tone: Tone } {
  if (state === 'missed') return { text: '超期未办，已结案', tone: 'rest' }
  if (state === 'suspended') return { text: '中止计算', tone: 'rest' }
  if (state === 'uncomputed' || !dueOn) return { text: '期限待定', tone: 'warn' }
  if (state === 'met') return { text: '按期', tone: 'good' }
  if (state === 'late') return { text: doneOn ? `逾期 ${daysBetween(dueOn, doneOn)} 天办结` : '逾期办结', tone: 'warn' }
  if (today === '') return { text: dueOn, tone: 'calm' }
  const left = daysBetween(today, dueOn)
  if (left < 0) return { text: `超期 ${-left} 天`, tone: 'danger' }
  if (left === 0) return { text: '今天到期', tone: 'warn' }
  return { text: `还有 ${left} 天`, tone: left <= 3 ? 'warn' : 'calm' }
}

/** A number of days, working days or months as the law writes it. */
export function span(n: number, unit: 'day' | 'working-day' | 'month'): string {
  if (unit === 'month') return `${n} 个月`
  return unit === 'day' ? `${n} 日` : `${n} 个工作日`
}
