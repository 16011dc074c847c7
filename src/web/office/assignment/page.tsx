import { address } from '#web/office/api.ts'
import { Go } from '#web/office/parts/go.tsx'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { Tabs } from '#web/office/parts/tabs.tsx'
import { GroundView } from './grounds.tsx'
import { LoadView } from './loads.tsx'
import { WeightView } from './weights.tsx'

/** 分案: who has how much in hand, who is away or must recuse himself, and what a case weighs. */
export function AssignmentPage() {
  return (
    <>
      <PageHead
        title="分案管理"
        about="在可以承办的法官中，由在办负荷最少的承办；负荷相同的随机确定，随机种子记入分案记录，可以重演核对。"
      >
        <Go to={address('/cases', { assigned: 'no', state: 'handling' })} className="link-button">
          未分案案件
        </Go>
      </PageHead>
      <section className="box" aria-label="分案管理">
        <Tabs
          label="分案管理"
          tabs={[
            { key: 'loads', title: '在办负荷', body: <LoadView /> },
            { key: 'grounds', title: '请假、专长与回避', body: <GroundView /> },
            { key: 'weights', title: '分案权重', body: <WeightView /> },
          ]}
        />
      </section>
    </>
  )
}
