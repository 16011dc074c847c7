import type { PartyView } from '#cases/case/wire.ts'
import { Word } from '#web/office/parts/page-head.tsx'

const SIDES: [PartyView['side'], string][] = [
  ['creditor', '申请执行人'],
  ['debtor', '被执行人'],
  ['third-party', '案外人'],
]

function Certificates({ certificates }: { certificates: PartyView['certificates'] }) {
  if (certificates.length === 0) return <span className="soft">无证件号码</span>
  return (
    <ul className="certificates">
      {certificates.map(({ type, masked, valid }) => (
        <li key={`${type}-${masked}`}>
          <span className="soft">{type}</span>{' '}
          <span className="whole digits" lang="en">
            {masked}
          </span>{' '}
          {valid ? null : <Word tone="warn">▲ 校验不符</Word>}
        </li>
      ))}
    </ul>
  )
}

/** Parties by side, certificates masked. */
export function Parties({ parties }: { parties: PartyView[] }) {
  return (
    <table className="table" aria-label="当事人">
      <thead>
        <tr>
          <th scope="col">地位</th>
          <th scope="col">姓名或名称</th>
          <th scope="col">证件</th>
        </tr>
      </thead>
      <tbody>
        {SIDES.flatMap(([side, label]) =>
          parties
            .filter((party) => party.side === side)
            .map(({ name, certificates }) => (
              <tr key={`${side}-${name}-${certificates.map(({ masked }) => masked).join()}`}>
                <td data-label="地位">{label}</td>
                <td data-label="姓名或名称" className="lead">
                  {name}
                </td>
                <td data-label="证件">
                  <Certificates certificates={certificates} />
                </td>
              </tr>
            )),
        )}
      </tbody>
    </table>
  )
}
