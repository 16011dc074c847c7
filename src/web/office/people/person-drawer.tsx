import { App, Button, Drawer, Form } from 'antd'
import { type ReactNode, useState } from 'react'
import type { PersonView } from '#kernel/organisation/wire.ts'
import { onCtrlEnter } from '#web/matter/act.tsx'
import { FieldItems, type LocalField, showFieldProblems, wireValues } from '#web/matter/field-items.tsx'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { Facts } from '#web/office/parts/page-head.tsx'
import { useSubmission } from '#web/office/submission.ts'
import { FirstPassword } from './new-person.tsx'
import { AccountState, type Keeping } from './page.tsx'
import { POST_FIELDS, roleOf } from './post-fields.ts'

interface PersonAct {
  name: string
  label: string
  about: string
  fields: LocalField[]
  fixed?: object
}

const REASON: LocalField = { name: 'reason', label: '理由', type: 'text', required: true, max: 500 }
const TO_ON: LocalField = { name: 'toOn', label: '免去日期', type: 'date', required: true }

const GIVE: PersonAct = { name: 'posts', label: '授予岗位', about: '从任职日期起有该岗位的权限。', fields: POST_FIELDS }
const STOP: PersonAct = {
  name: 'stop',
  label: '停用账号',
  about: '立即退出所有已登录的设备，此后不能登录。',
  fields: [REASON],
}
const START: PersonAct = { name: 'start', label: '启用账号', about: '恢复登录。', fields: [] }
const RESET: PersonAct = {
  name: 'reset-password',
  label: '重置密码',
  about: '生成新的首次登录密码，原密码和已登录的会话立即失效。',
  fields: [],
}

const RESET_FACTOR: PersonAct = {
  name: 'reset-second-factor',
  label: '重置双因素登录',
  about: '原动态口令和恢复码立即失效，已登录的设备退出，并通知本人。请先核实是本人提出。',
  fields: [REASON],
}

function actsOf({ accountState, secondFactor }: PersonView, keeps: Keeping): PersonAct[] {
  const account = accountState === 'none' ? [] : accountState === 'active' ? [RESET, STOP] : [START, RESET]
  return [...(keeps.posts ? [GIVE, ...(secondFactor ? [RESET_FACTOR] : [])] : []), ...(keeps.accounts ? account : [])]
}

function ActOnPerson({ person, act, close }: { person: PersonView; act: PersonAct; close: () => void }) {
  const [form] = Form.useForm()
  const { message } = App.useApp()
  const [password, setPassword] = useState<string | null>(null)
  const send = useSubmission<object, { temporaryPassword?: string } | undefined>(
    (body, key) => write('POST', `people/${person.id}/${act.name}`, body, key),
    (answer) => {
      if (answer?.temporaryPassword) return setPassword(answer.temporaryPassword)
      void message.success(`${act.label}已办理`)
      close()
    },
  )
  const submit = async () => {
    const values = (await form.validateFields().catch(() => null)) as Record<string, unknown> | null
    if (!values || send.isPending) return
    const body = wireValues(act.fields, values)
    const role = 'role' in body ? { role: roleOf(body.role) } : {}
    send.mutate({ ...body, ...role, ...act.fixed }, { onError: (error) => void showFieldProblems(form, error) })
  }
  return (
    <Dialog
      title={`${act.label}：${person.name}`}
      onCancel={close}
      onOk={() => (password ? close() : void submit())}
      okText={password ? '已告知' : `确认${act.label}`}
      okButtonProps={{ loading: send.isPending, danger: act.name === 'stop' }}
    >
      <RefusalNote error={send.error} />
      {password ? <FirstPassword password={password} /> : <p className="soft">{act.about}</p>}
      <Form form={form} layout="vertical" className="form" hidden={password !== null} onKeyDown={onCtrlEnter(submit)}>
        <FieldItems fields={act.fields} />
      </Form>
    </Dialog>
  )
}

function Posts({ person, end }: { person: PersonView; end: ((act: PersonAct) => void) | undefined }) {
  return (
    <ul className="links">
      {person.posts.map(({ id, label, team, fromOn, toOn }) => (
        <li key={id}>
          <strong>{label}</strong>
          <span>{team ?? ''}</span>
          <span className="soft whole">
            {fromOn} 至 {toOn ?? '今'}
          </span>
          {end && toOn === null ? (
            <Button
              size="small"
              onClick={() =>
                end({
                  name: 'end-post',
                  label: '免去岗位',
                  about: `自所选日期起不再任${label}。`,
                  fields: [TO_ON],
                  fixed: { postId: id },
                })
              }
            >
              免去
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function accountOf(person: PersonView): [string, ReactNode][] {
  return [
    [
      '账号',
      person.username ? (
        <span key="username" lang="en">
          {person.username}
        </span>
      ) : null,
    ],
    ['账号状态', <AccountState key="state" state={person.accountState} />],
    ['双因素登录', person.secondFactor === null ? null : person.secondFactor ? '已启用' : '未启用'],
  ]
}

/** One person: account, posts with their history, and what the keeper of accounts may do. */
export function PersonDrawer({
  person,
  keeps,
  close,
}: {
  person: PersonView | null
  keeps: Keeping
  close: () => void
}) {
  const [act, setAct] = useState<PersonAct | null>(null)
  return (
    <Drawer
      title={person?.name ?? '人员'}
      open={person !== null}
      onClose={close}
      size="min(520px, 100vw)"
      destroyOnHidden
    >
      {person ? (
        <div className="stack">
          <Facts pairs={[['法院', person.courtName], ...(keeps.accounts || keeps.posts ? accountOf(person) : [])]} />
          <h3>岗位</h3>
          <Posts person={person} end={keeps.posts ? setAct : undefined} />
          {keeps.posts || keeps.accounts ? (
            <div className="act-bar">
              {actsOf(person, keeps).map((each) => (
                <Button key={each.name} danger={each.name === 'stop'} onClick={() => setAct(each)}>
                  {each.label}
                </Button>
              ))}
            </div>
          ) : null}
          {act ? <ActOnPerson key={act.name} person={person} act={act} close={() => setAct(null)} /> : null}
        </div>
      ) : null}
    </Drawer>
  )
}
