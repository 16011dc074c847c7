import { useParams, useRouter } from '@tanstack/react-router'
import { Button, Form } from 'antd'
import type { KindView, ThingView } from '#kernel/matter/wire.ts'
import { write } from '#web/office/api.ts'
import { Nothing, RefusalNote, Waiting } from '#web/office/parts/condition.tsx'
import { Go } from '#web/office/parts/go.tsx'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { useFilters, useKinds } from '#web/office/session.ts'
import { useSubmission } from '#web/office/submission.ts'
import { onCtrlEnter } from './act.tsx'
import { FieldItems, showFieldProblems, wireValues } from './field-items.tsx'

function firstClock(kind: KindView): string {
  const labels = kind.clocks.map(({ label }) => label)
  return labels.length > 0 ? `发起后按“${labels.join('”“')}”计算期限。` : ''
}

function OpenForm({ kind }: { kind: KindView }) {
  const [form] = Form.useForm()
  const router = useRouter()
  const [search] = useFilters()
  const fields = kind.fields.filter(({ atOpening }) => atOpening)
  const names = new Set(fields.map(({ name }) => name))
  const given = Object.fromEntries([
    ...fields.filter(({ type }) => type === 'caseNumber').map(({ name }) => [name, search.caseNumber]),
    ...Object.entries(search).filter(([name]) => names.has(name)),
  ])
  const open = useSubmission<object, ThingView>(
    (body, key) => write('POST', kind.path, body, key),
    (thing) => router.history.replace(`/${kind.path}/${thing.id}`),
  )
  const send = async () => {
    const values = (await form.validateFields().catch(() => null)) as Record<string, unknown> | null
    if (!values || open.isPending) return
    open.mutate(wireValues(fields, values), { onError: (error) => void showFieldProblems(form, error) })
  }
  return (
    <section className="box form-box">
      <RefusalNote error={open.error} />
      <Form form={form} layout="vertical" className="form" initialValues={given} onKeyDown={onCtrlEnter(send)}>
        <FieldItems fields={fields} />
      </Form>
      <div className="form-foot">
        <span className="soft">{firstClock(kind)}</span>
        <Go to={`/${kind.path}`}>取消</Go>
        <Button type="primary" loading={open.isPending} onClick={() => void send()}>
          发起
        </Button>
      </div>
    </section>
  )
}

/** Opens a matter of any kind, at /<path>/new; `path` is the kind's where the address does not hold it. */
export function NewThingPage({ path: given }: { path?: string } = {}) {
  const { path: named = '' } = useParams({ strict: false })
  const path = given ?? named
  const kinds = useKinds()
  const kind = kinds.data?.find((each) => each.path === path)
  if (!kinds.data) return <Waiting rows={8} />
  if (!kind?.mayOpen)
    return (
      <Nothing title={kind ? `您的岗位不能发起${kind.title}` : '没有这个页面'}>
        如有需要，请联系本院系统管理员核对岗位。
      </Nothing>
    )
  return (
    <>
      <PageHead title={`发起${kind.title}`} about="带红色星号的必须填写。" />
      <OpenForm kind={kind} />
    </>
  )
}
