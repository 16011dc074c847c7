import type { PartyView } from '#cases/case/wire.ts'
import { type EditedParty, sideLabel, typedNumbers } from './edited-party.ts'

/** First six and last four of a number, as the server masks it. */
function masked(number: string): string {
  return number.length > 10 ? `${number.slice(0, 6)}…${number.slice(-4)}` : number
}

function numbersLine(name: string, party: EditedParty): string {
  const numbers = typedNumbers(party)
  return numbers.length === 0 ? `${name}的证件号码将删除` : `${name}的证件号码改为 ${numbers.map(masked).join('、')}`
}

function changesOfOne(before: PartyView, after: EditedParty): string[] {
  const name = after.name.trim()
  const hadNumbers = before.certificates.length > 0 || typedNumbers(after).length > 0
  return [
    ...(before.name === name ? [] : [`姓名或名称“${before.name}”改为“${name}”`]),
    ...(before.side === after.side ? [] : [`${name}的地位由${sideLabel(before.side)}改为${sideLabel(after.side)}`]),
    ...(after.renumber && hadNumbers ? [numbersLine(name, after)] : []),
  ]
}

/** What a correction changes, in words; empty where the list stays as it was. */
export function changesOf(before: readonly PartyView[], after: readonly EditedParty[]): string[] {
  const kept = new Set(after.map(({ was }) => was))
  const removed = before.filter((_, index) => !kept.has(index + 1))
  const order = after.flatMap(({ was }) => was ?? [])
  const isReordered = order.some((place, index) => index > 0 && place < (order[index - 1] ?? 0))
  return [
    ...after
      .filter(({ was }) => was === null)
      .map((party) => {
        const numbers = typedNumbers(party)
        const noted = numbers.length === 0 ? '（无证件号码）' : `（证件 ${numbers.map(masked).join('、')}）`
        return `增加${sideLabel(party.side)}“${party.name.trim()}”${noted}`
      }),
    ...removed.map(({ side, name }) => `删除${sideLabel(side)}“${name}”`),
    ...after.flatMap((party) => {
      const was = party.was === null ? undefined : before[party.was - 1]
      return was ? changesOfOne(was, party) : []
    }),
    ...(isReordered ? [`调整顺序：${after.map(({ name }) => name.trim()).join('、')}`] : []),
  ]
}
