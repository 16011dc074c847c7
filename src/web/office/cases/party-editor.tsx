import { Button, Form, Input, Select } from 'antd'
import { Icon } from '#web/office/parts/icon.tsx'
import { type EditedParty, SIDES } from './edited-party.ts'

interface EditedPartyItemProps {
  /** The party's place in the form's list. */
  at: number
  count: number
  remove: () => void
  up: (() => void) | undefined
  down: (() => void) | undefined
}

function NewNumbers({ at, keep }: { at: number; keep: (() => void) | undefined }) {
  return (
    <Form.List name={[at, 'certificates']}>
      {(rows, { add, remove }) => (
        <div className="certificate-items">
          {rows.map((row, index) => (
            <div key={row.key} className="inline">
              <Form.Item name={row.name} label={index === 0 ? '证件号码' : `证件号码 ${index + 1}`} className="grow">
                <Input maxLength={40} autoComplete="off" placeholder="身份证号码或统一社会信用代码" />
              </Form.Item>
              <Button
                type="text"
                aria-label={`删除当事人 ${at + 1} 的第 ${index + 1} 个证件号码`}
                icon={<Icon name="close" size={14} />}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <div className="inline">
            <Button size="small" onClick={() => add('')}>
              添加证件
            </Button>
            {keep ? (
              <Button size="small" type="link" onClick={keep}>
                仍用原号码
              </Button>
            ) : null}
          </div>
        </div>
      )}
    </Form.List>
  )
}

function KeptNumbers({ party, renumber }: { party: EditedParty; renumber: () => void }) {
  const masked = party.masked ?? []
  return (
    <div className="kept-numbers">
      <span className="ant-form-item-label">证件号码</span>
      <span>
        {masked.length === 0 ? <span className="soft">无</span> : null}
        {masked.map((one) => (
          <span key={one.masked} className="digits" lang="en">
            {one.masked}{' '}
          </span>
        ))}
        <Button size="small" type="link" onClick={renumber}>
          {masked.length === 0 ? '填写' : '重新填写'}
        </Button>
      </span>
    </div>
  )
}

/** One party of the correction form: side, name, certificates, place. */
export function EditedPartyItem({ at, count, remove, up, down }: EditedPartyItemProps) {
  const form = Form.useFormInstance()
  const party = Form.useWatch(['parties', at], { form, preserve: true }) as EditedParty | undefined
  const set = (patch: Partial<EditedParty>) => {
    const known = form.getFieldValue(['parties', at]) as EditedParty
    form.setFieldValue(['parties', at], { ...known, ...patch })
  }
  const place = `当事人 ${at + 1}`
  return (
    <fieldset className="edited-party" aria-label={place}>
      <Form.Item name={[at, 'side']} label="地位">
        <Select options={[...SIDES]} aria-label={`${place}的地位`} />
      </Form.Item>
      <Form.Item
        name={[at, 'name']}
        label="姓名或名称"
        rules={[{ required: true, whitespace: true, message: '请填写姓名或名称' }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      {party?.renumber ? (
        <NewNumbers at={at} keep={party.was === null ? undefined : () => set({ renumber: false, certificates: [] })} />
      ) : (
        <KeptNumbers
          party={party ?? { was: null, side: 'debtor', name: '', renumber: false, certificates: [] }}
          renumber={() => set({ renumber: true, certificates: [''] })}
        />
      )}
      <div className="party-moves">
        <Button type="text" size="small" disabled={!up} onClick={up} aria-label={`${place}上移`}>
          ↑
        </Button>
        <Button type="text" size="small" disabled={!down} onClick={down} aria-label={`${place}下移`}>
          ↓
        </Button>
        <Button type="text" size="small" danger disabled={count < 2} onClick={remove} aria-label={`删除${place}`}>
          删除
        </Button>
      </div>
    </fieldset>
  )
}
