import { useRouter } from '@tanstack/react-router'
import { Button, Form } from 'antd'
import type { CaseView } from '#cases/case/wire.ts'
import { onCtrlEnter } from '#web/matter/act.tsx'
import { FieldItems, type LocalField, showFieldProblems, wireValues } from '#web/matter/field-items.tsx'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Go } from '#web/office/parts/go.tsx'
import { PageHead } from '#web/office/parts/page-head.tsx'
import { useKinds } from '#web/office/session.ts'
import { useSubmission } from '#web/office/submission.ts'
import { type PartyInput, PartyItems } from './party-items.tsx'

const KINDS = ['首次执行', '恢复执行', '财产保全执行', '执行异议', '执行复议', '执行监督', '执行协调', '其他执行']

const FIELDS: LocalField[] = [
  { name: 'caseNumber', label: '案号', type: 'caseNumber', required: false, help: '不填则由系统按本院当年序号编号' },
  { name: 'kind', label: '案件类型', type: 'choice', required: true, options: KINDS },
  { name: 'cause', label: '案由', type: 'text', required: false, max: 100 },
  { name: 'filedOn', label: '立案日期', type: 'date', required: true },
  { name: 'basisNumber', label: '执行依据文号', type: 'text', required: false, max: 100 },
  { name: 'basisKind', label: '执行依据种类', type: 'choice', required: false },
  { name: 'basisMaker', label: '作出机构', type: 'text', required: false, max: 100 },
  { name: 'basisEffectiveOn', label: '执行依据生效日期', type: 'date', required: false },
  {
    name: 'performBy',
    label: '履行期限届满日',
    type: 'date',
    required: false,
    help: '法律文书规定的履行期间最后一日；没有规定的不填',
  },
  { name: 'duty', label: '执行内容', type: 'choice', required: false },
  { name: 'jurisdiction', label: '管辖依据', type: 'choice', required: false },
  { name: 'amountFen', label: '申请标的额', type: 'money', required: false },
  {
    name: 'judgeId',
    label: '承办法官',
    type: 'person',
    required: false,
    among: 'team.judge',
    help: '仅供指挥中心补录已分案件；新收案件接收后分案，不在此填写',
  },
  { name: 'teamId', label: '团队', type: 'team', required: false },
]

/** Choices that the form does not name itself stand in the declaration of the case. */
function useFields(): LocalField[] {
  const declared = useKinds().data?.find(({ path }) => path === 'cases')?.fields ?? []
  return FIELDS.map((field) => {
    const options = field.options ?? declared.find(({ name }) => name === field.name)?.options
    return options ? { ...field, options } : field
  })
}

function partiesOf(rows: PartyInput[] | undefined) {
  return (rows ?? []).map(({ name, certificates }) => ({
    name: name.trim(),
    certificates: (certificates ?? []).map((number) => (number ?? '').trim()).filter((number) => number !== ''),
  }))
}

function NewCaseForm() {
  const [form] = Form.useForm()
  const router = useRouter()
  const fields = useFields()
  const create = useSubmission<object, CaseView>(
    (body, key) => write('POST', 'cases', body, key),
    (one) => router.history.replace(`/cases/${one.id}`),
  )
  const send = async () => {
    const values = (await form.validateFields().catch(() => null)) as Record<string, never> | null
    if (!values || create.isPending) return
    const body = {
      ...wireValues(fields, values),
      creditors: partiesOf(values.creditors),
      debtors: partiesOf(values.debtors),
    }
    create.mutate(body, { onError: (error) => void showFieldProblems(form, error) })
  }
  const initial = {
    kind: '首次执行',
    creditors: [{ name: '', certificates: [''] }],
    debtors: [{ name: '', certificates: [''] }],
  }
  return (
    <>
      <RefusalNote error={create.error} />
      <Form form={form} layout="vertical" initialValues={initial} onKeyDown={onCtrlEnter(send)}>
        <section className="box form-box form">
          <FieldItems fields={fields} />
        </section>
        <PartyItems side="creditors" title="申请执行人" />
        <PartyItems side="debtors" title="被执行人" />
      </Form>
      <div className="form-foot">
        <span className="soft">立案后即核查立案信息并交指挥中心接收，各节点期限同时开始计算。</span>
        <Go to="/cases">取消</Go>
        <Button type="primary" loading={create.isPending} onClick={() => void send()}>
          立案
        </Button>
      </div>
    </>
  )
}

/** A case entered by hand, with any number of parties and certificates. */
export function NewCasePage() {
  return (
    <>
      <PageHead title="新建案件" about="带红色星号的必须填写。" />
      <NewCaseForm />
    </>
  )
}
