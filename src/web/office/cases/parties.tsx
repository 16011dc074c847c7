import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { CaseView, PartyView } from '#cases/case/wire.ts'
import { Word } from '#web/office/parts/page-head.tsx'
import { SIDES } from './edited-party.ts'

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

const CorrectParties = lazy(async () => ({ default: (await import('./correct-parties.tsx')).CorrectParties }))

/** The parties of a case with the way to correct them, where this reader may. */
export function CaseParties({ one }: { one: CaseView }) {
  const [isCorrecting, setCorrecting] = useState(false)
  return (
    <>
      <Parties parties={one.parties} />
      {one.mayCorrectParties ? (
        <div className="act-bar no-paper">
          <Button onClick={() => setCorrecting(true)}>更正当事人</Button>
        </div>
      ) : null}
      {isCorrecting ? (
        <Suspense>
          <CorrectParties one={one} close={() => setCorrecting(false)} />
        </Suspense>
      ) : null}
    </>
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
        {SIDES.flatMap(({ value: side, label }) =>
          parties
            .filter((party) => party.side === side)
            .map(({ name, certificates, representative }) => (
              <tr key={`${side}-${name}-${certificates.map(({ masked }) => masked).join()}`}>
                <td data-label="地位">{label}</td>
                <td data-label="姓名或名称" className="lead">
                  {name}
                  {representative ? <span className="soft">（法定代表人：{representative}）</span> : null}
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
