import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { citeArticle } from '#document/articles.ts'
import type { KindView } from '#kernel/matter/wire.ts'
import { read } from '#web/office/api.ts'
import { Loaded, Nothing } from '#web/office/parts/condition.tsx'
import { Icon } from '#web/office/parts/icon.tsx'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { useFilters, useKinds } from '#web/office/session.ts'
import type { RuleRow } from '#web/office/wire.ts'
import { Diagram } from './diagram.tsx'
import { ActionTable, LimitTable } from './tables.tsx'

function Process({ kind, rules }: { kind: KindView; rules: RuleRow[] }) {
  return (
    <article className="box process">
      <h2>{kind.title}</h2>
      <p className="soft">
        依据：《执行指挥中心实体化运行指导意见（试行）》{kind.articles.map(citeArticle).join('、')}
      </p>
      {Object.keys(kind.states).length > 1 ? <Diagram kind={kind} /> : null}
      <h3>谁在什么状态下办理什么</h3>
      <ActionTable kind={kind} />
      <h3>期限</h3>
      <LimitTable kind={kind} rules={rules} />
    </article>
  )
}

function Processes({ kinds, rules }: { kinds: KindView[]; rules: RuleRow[] }) {
  const [{ kind: chosen }, change] = useFilters()
  const shown = kinds.find(({ id }) => id === chosen) ?? kinds[0]
  if (!shown) return <Nothing title="没有在用的流程" />
  return (
    <>
      <div className="filter-bar no-paper">
        <Select
          className="filter"
          aria-label="流程"
          value={shown.id}
          onChange={(id: string) => change({ kind: id })}
          options={kinds.map(({ id, title }) => ({ value: id, label: title }))}
        />
      </div>
      <Process kind={shown} rules={rules} />
    </>
  )
}

/** Every process in force, for the people who work in it: states, who acts, limits, source (article 4). */
export function ProcessesPage() {
  const kinds = useKinds()
  const rules = useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => read<{ rules: RuleRow[] }>('rules', signal),
    retry: false,
  })
  return (
    <>
      <PageHead title="办理流程" about="由系统按现行流程定义生成，与实际办理一致；可打印张贴。">
        <Button icon={<Icon name="print" size={16} />} onClick={() => window.print()}>
          打印
        </Button>
      </PageHead>
      <Loaded asked={kinds}>{(all) => <Processes kinds={all} rules={rules.data?.rules ?? []} />}</Loaded>
    </>
  )
}
