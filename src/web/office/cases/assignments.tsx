import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { AssignmentView } from '#cases/assignment/wire.ts'
import type { CaseView } from '#cases/case/wire.ts'
import { read } from '#web/office/api.ts'
import { Loaded, Nothing } from '#web/office/parts/condition.tsx'
import { FormDialog } from '#web/office/parts/form-dialog.tsx'
import { count, hundredths, moment } from '#web/office/parts/format.ts'
import { Facts, Word } from '#web/office/parts/page-head.tsx'
import { type Column, Table } from '#web/office/parts/table.tsx'

type Draw = NonNullable<AssignmentView['draw']>
type Candidate = Draw['candidates'][number]

const CANDIDATES: Column<Candidate>[] = [
  { key: 'name', title: '法官', whole: true, lead: true, cell: (one) => <strong>{one.name}</strong> },
  { key: 'team', title: '团队', whole: true, cell: (one) => one.team ?? '—' },
  {
    key: 'open',
    title: '当时在办',
    cell: (one) => one.open.map(({ kind, cases }) => `${kind} ${count(cases)}`).join('，') || '无',
  },
  { key: 'load', title: '负荷', right: true, whole: true, cell: (one) => hundredths(one.loadHundredths) },
  {
    key: 'result',
    title: '结果',
    cell: (one) =>
      one.isDrawn ? (
        <Word tone="good">确定承办</Word>
      ) : one.isLeast ? (
        <Word tone="state">参加随机</Word>
      ) : one.reasons.length > 0 ? (
        <Word tone="warn">不参加：{one.reasons.join('；')}</Word>
      ) : (
        <Word tone="rest">负荷较高</Word>
      ),
  },
]

/** Who has least in hand first, whoever was left out last. */
function inOrder(candidates: Candidate[]): Candidate[] {
  const place = (one: Candidate) => (one.isDrawn ? 0 : one.isLeast ? 1 : one.reasons.length === 0 ? 2 : 3)
  return candidates.toSorted((one, other) => place(one) - place(other) || one.loadHundredths - other.loadHundredths)
}

function Drawn({ draw }: { draw: Draw }) {
  const weights = draw.weights.map((one) => `${one.kind} ${hundredths(one.hundredths)}`).join('，')
  return (
    <>
      <Facts
        pairs={[
          ['繁简', draw.track ?? '未分流'],
          ['要求专长', draw.specialisms.join('、') || '无'],
          ['权重', weights || '各类案件均按一件计'],
          ['随机种子', <code key="seed">{draw.seed}</code>],
          [
            '重演核对',
            draw.agrees ? (
              <Word key="agrees" tone="good">
                与记录一致
              </Word>
            ) : (
              <Word key="agrees" tone="danger">
                ▲ 与记录不一致，请报告执行局长
              </Word>
            ),
          ],
        ]}
      />
      <Table label="候选法官" columns={CANDIDATES} rows={inOrder(draw.candidates)} rowKey={({ id }) => id} />
    </>
  )
}

/** How the case came to its judge, each time. */
export function CaseAssignments({ one: { id } }: { one: CaseView }) {
  const asked = useQuery({
    queryKey: ['cases', id, 'assignments'],
    queryFn: ({ signal }) => read<{ items: AssignmentView[] }>(`cases/${id}/assignments`, signal),
  })
  return (
    <Loaded asked={asked} rows={4}>
      {({ items }) =>
        items.length === 0 ? (
          <Nothing title="没有分案记录">承办人由导入或录入确定，或者尚未分案。</Nothing>
        ) : (
          <div className="stack">
            {items.map((one) => (
              <section key={one.seq} className="stack">
                <p>
                  <strong>
                    {one.judge}
                    {one.team ? `（${one.team}）` : ''}
                  </strong>{' '}
                  {one.mode === 'drawn' ? '随机确定' : '指定'}
                  <span className="soft">
                    {' '}
                    {one.by}，{moment(one.at)}
                    {one.reason ? `，理由：${one.reason}` : ''}
                  </span>
                </p>
                {one.draw ? <Drawn draw={one.draw} /> : null}
              </section>
            ))}
          </div>
        )
      }
    </Loaded>
  )
}

interface Spokesmen {
  items: { party: string; name: string; firm: string | null; by: string }[]
  mayRecord: boolean
}

/** Who speaks for a party: a ground for 回避 as much as the parties themselves. */
export function Representatives({ one }: { one: CaseView }) {
  const [isRecording, setRecording] = useState(false)
  const asked = useQuery({
    queryKey: ['cases', one.id, 'representatives'],
    queryFn: ({ signal }) => read<Spokesmen>(`cases/${one.id}/representatives`, signal),
  })
  const options = [...new Set(one.parties.map(({ name }) => name))]
  return (
    <Loaded asked={asked} rows={2}>
      {({ items, mayRecord }) => (
        <div className="stack">
          <h3>诉讼代理人</h3>
          {items.length === 0 ? <p className="soft">没有登记代理人。</p> : null}
          <ul className="links">
            {items.map(({ party, name, firm, by }) => (
              <li key={`${party}-${name}-${firm}`}>
                <strong>{name}</strong>
                <span>
                  {party}的代理人{firm ? `，${firm}` : ''}
                </span>
                <span className="soft">{by}登记</span>
              </li>
            ))}
          </ul>
          {mayRecord ? (
            <div className="act-bar no-paper">
              <Button onClick={() => setRecording(true)}>登记代理人</Button>
            </div>
          ) : null}
          {isRecording ? (
            <FormDialog
              title="登记代理人"
              about="与代理人有回避关系的法官，不参加本案分案。"
              ok="登记"
              path={`cases/${one.id}/representatives`}
              fields={[
                { name: 'party', label: '当事人', type: 'choice', required: true, options },
                { name: 'name', label: '代理人姓名', type: 'text', required: true, max: 50 },
                { name: 'firm', label: '所在单位', type: 'text', required: false, max: 100 },
              ]}
              close={() => setRecording(false)}
            />
          ) : null}
        </div>
      )}
    </Loaded>
  )
}
