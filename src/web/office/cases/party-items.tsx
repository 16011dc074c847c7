import { Button, Form, Input } from 'antd'
import { Icon } from '#web/office/parts/icon.tsx'

export interface PartyInput {
  name: string
  certificates?: string[]
}

function CertificateItems({ party, title }: { party: number; title: string }) {
  return (
    <Form.List name={[party, 'certificates']}>
      {(rows, { add, remove }) => (
        <div className="certificate-items">
          {rows.map((row, index) => (
            <div key={row.key} className="inline">
              <Form.Item name={row.name} label={index === 0 ? '证件号码' : `证件号码 ${index + 1}`} className="grow">
                <Input maxLength={30} autoComplete="off" placeholder="身份证号码或统一社会信用代码" />
              </Form.Item>
              <Button
                type="text"
                aria-label={`删除${title}第 ${party + 1} 位的第 ${index + 1} 个证件号码`}
                icon={<Icon name="close" size={14} />}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Button size="small" onClick={() => add('')}>
            添加证件
          </Button>
        </div>
      )}
    </Form.List>
  )
}

/** The parties of one side of a case. */
export function PartyItems({ side, title }: { side: 'creditors' | 'debtors'; title: string }) {
  return (
    <Form.List name={side}>
      {(rows, { add, remove }) => (
        <section className="box form-box" aria-label={title}>
          <div className="box-head">
            <h2>{title}</h2>
            <Button icon={<Icon name="add" size={14} />} onClick={() => add({ name: '', certificates: [''] })}>
              添加{title}
            </Button>
          </div>
          {rows.map((row, index) => (
            <div key={row.key} className="party-item">
              <Form.Item
                name={[row.name, 'name']}
                label={`${title} ${index + 1}`}
                rules={[{ required: true, whitespace: true, message: '请填写姓名或名称' }]}
              >
                <Input maxLength={200} placeholder="姓名或名称" />
              </Form.Item>
              <CertificateItems party={row.name} title={title} />
              {rows.length > 1 ? (
                <Button type="text" danger onClick={() => remove(row.name)} aria-label={`删除${title} ${index + 1}`}>
                  删除
                </Button>
              ) : null}
            </div>
          ))}
        </section>
      )}
    </Form.List>
  )
}
