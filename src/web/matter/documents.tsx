import { useQuery } from '@tanstack/react-query'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { DocumentList, DocumentView } from '#kernel/documents/wire.ts'
import { download, read, write } from '#web/office/api.ts'
import { Loaded, RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { Word } from '#web/office/parts/page-head.tsx'
import { type Column, Table } from '#web/office/parts/table.tsx'
import { useSubmission } from '#web/office/submission.ts'

// Documents that were issued: number, files, voiding. The same on a case, a matter and in the register.

/** Voids one document; its number stays used. */
function VoidDialog({ document, close }: { document: DocumentView; close: () => void }) {
  const [form] = Form.useForm<{ reason: string }>()
  const { message } = App.useApp()
  const send = useSubmission<{ reason: string }, DocumentView>(
    (body, key) => write('POST', `documents/${document.id}/void`, body, key),
    () => {
      void message.success('已作废')
      close()
    },
  )
  const confirm = async () => {
    const values = await form.validateFields().catch(() => null)
    if (values && !send.isPending) send.mutate(values)
  }
  return (
    <Dialog
      title={`作废${document.title}`}
      onCancel={close}
      onOk={() => void confirm()}
      okText="确认作废"
      okButtonProps={{ danger: true, loading: send.isPending }}
    >
      <RefusalNote error={send.error} />
      <p>{document.number}作废后不能恢复，该编号不再使用；文书仍保存在系统中，并标明作废。</p>
      <Form form={form} layout="vertical" className="form">
        <Form.Item name="reason" label="作废理由" rules={[{ required: true, min: 2, message: '请写明作废理由' }]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      </Form>
    </Dialog>
  )
}

function Files({ document }: { document: DocumentView }) {
  const { message } = App.useApp()
  const fetchFile = (as: 'pdf' | 'word', ending: string) =>
    download(`documents/${document.id}/${as}`, `${document.title}${document.number}.${ending}`).catch((error: Error) =>
      message.error(error.message),
    )
  return (
    <span className="inline">
      <Button type="link" size="small" onClick={() => void fetchFile('pdf', 'pdf')}>
        PDF
      </Button>
      <Button type="link" size="small" onClick={() => void fetchFile('word', 'docx')}>
        Word
      </Button>
    </span>
  )
}

export function DocumentState({ document }: { document: DocumentView }) {
  if (!document.voided) return <Word tone="good">已签发</Word>
  return (
    <span title={`${document.voided.by}：${document.voided.reason}`}>
      <Word tone="rest">已作废</Word> <span className="soft">{document.voided.reason}</span>
    </span>
  )
}

const COLUMNS: Column<DocumentView>[] = [
  { key: 'title', title: '文书', lead: true, whole: true, cell: (one) => <strong>{one.title}</strong> },
  { key: 'number', title: '编号', whole: true, cell: (one) => one.number },
  { key: 'on', title: '签发日期', whole: true, cell: (one) => one.issuedOn },
  { key: 'by', title: '签发人', whole: true, cell: (one) => one.by },
  { key: 'state', title: '状态', cell: (one) => <DocumentState document={one} /> },
]

/** The columns that every table of documents ends with: its files, and voiding for those who may. */
export function useDocumentColumns(): { columns: Column<DocumentView>[]; dialog: React.ReactNode } {
  const [chosen, setChosen] = useState<DocumentView | null>(null)
  const columns: Column<DocumentView>[] = [
    { key: 'files', title: '下载', whole: true, cell: (one) => <Files document={one} /> },
    {
      key: 'void',
      title: '操作',
      whole: true,
      cell: (one) =>
        one.mayVoid ? (
          <Button type="link" size="small" danger onClick={() => setChosen(one)}>
            作废
          </Button>
        ) : (
          ''
        ),
    },
  ]
  return { columns, dialog: chosen ? <VoidDialog document={chosen} close={() => setChosen(null)} /> : null }
}

export { COLUMNS as DOCUMENT_COLUMNS }

/** Documents issued on one thing. `base` is its address under /api; `more` stands beside each where a page has more. */
export function IssuedDocuments({ base, more = [] }: { base: string; more?: Column<DocumentView>[] }) {
  const asked = useQuery({
    queryKey: [base, 'documents'],
    queryFn: ({ signal }) => read<DocumentList>(`${base}/documents`, signal),
  })
  const { columns, dialog } = useDocumentColumns()
  return (
    <Loaded asked={asked} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="soft">尚未签发文书。</p>
        ) : (
          <>
            <Table
              label="已签发的文书"
              columns={[...COLUMNS, ...more, ...columns]}
              rows={items}
              rowKey={({ id }) => id}
            />
            {dialog}
          </>
        )
      }
    </Loaded>
  )
}
