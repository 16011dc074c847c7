import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import type { FormList, FormView, TemplateVersion } from '#kernel/documents/wire.ts'
import { download, read, write } from '#web/office/api.ts'
import { Loaded, RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { FilePick } from '#web/office/parts/file-pick.tsx'
import { moment } from '#web/office/parts/format.ts'
import { PageHead, Word } from '#web/office/parts/page-head.tsx'
import { type Column, Table } from '#web/office/parts/table.tsx'
import { type Tab, Tabs } from '#web/office/parts/tabs.tsx'
import { useMe } from '#web/office/session.ts'
import { useSubmission } from '#web/office/submission.ts'
import { DocumentSettings } from './settings.tsx'

const STATES: Record<TemplateVersion['state'], [string, string]> = {
  waiting: ['待启用', 'warn'],
  active: ['使用中', 'good'],
  retired: ['已停用', 'rest'],
}

function UploadDialog({ form, close }: { form: FormView; close: () => void }) {
  const [file, setFile] = useState<File | null>(null)
  const { message } = App.useApp()
  const upload = useSubmission<FormData, FormView>(
    (body, key) => write('POST', 'document-templates', body, key),
    ({ versions }) => {
      const faults = (versions[0]?.unknown.length ?? 0) + (versions[0]?.lacking.length ?? 0)
      void (faults > 0 ? message.warning('已上传；尚有问题，不能启用') : message.success('已上传，待他人核对后启用'))
      close()
    },
  )
  const send = () => {
    if (!file || upload.isPending) return
    const body = new FormData()
    body.set('form', form.id)
    body.set('file', file)
    upload.mutate(body)
  }
  return (
    <Dialog
      title={`上传${form.title}模板`}
      onCancel={close}
      onOk={send}
      okText="上传并试制"
      okButtonProps={{ disabled: file === null, loading: upload.isPending }}
    >
      <RefusalNote error={upload.error} />
      <FilePick id="template-file" label="Word 模板（docx，不超过 10 MB）" accept=".docx" onPick={setFile} />
      <Tags form={form} />
    </Dialog>
  )
}

/** What may stand in a template in curly brackets. */
function Tags({ form }: { form: FormView }) {
  return (
    <details>
      <summary>可用的字段</summary>
      <p>必备：{form.required.map((tag) => `{${tag}}`).join('　')}</p>
      <p>{form.tags.map((tag) => `{${tag}}`).join('　')}</p>
      {form.lists.map(({ name, tags }) => (
        <p key={name}>
          {`{#${name}}`}……{`{/${name}}`}之间：{tags.map((tag) => `{${tag}}`).join('　')}
        </p>
      ))}
    </details>
  )
}

function Faults({ version }: { version: TemplateVersion }) {
  const said = [
    ...(version.unknown.length > 0 ? [`未知字段：${version.unknown.join('、')}`] : []),
    ...(version.lacking.length > 0 ? [`缺少必备字段：${version.lacking.join('、')}`] : []),
  ]
  return said.length === 0 ? null : <p className="missing">{said.join('；')}</p>
}

function Version({ version, mayRetire }: { version: TemplateVersion; mayRetire: boolean }) {
  const { message } = App.useApp()
  const decide = useSubmission<{ how: string }, FormView>(
    ({ how }, key) => write('POST', `document-templates/${version.id}/${how}`, {}, key),
    (_, { how }) => void message.success(how === 'activate' ? '已启用' : '已停用'),
  )
  const [text, tone] = STATES[version.state]
  return (
    <li>
      <Button
        type="link"
        size="small"
        onClick={() =>
          void download(`document-templates/${version.id}/file`, version.fileName).catch((error: Error) =>
            message.error(error.message),
          )
        }
      >
        第{version.version}版 {version.fileName}
      </Button>
      <Word tone={tone}>{text}</Word>{' '}
      <span className="soft">
        {version.by} {moment(version.at)} 上传
        {version.decidedBy ? `；${version.decidedBy} ${version.state === 'active' ? '启用' : '处理'}` : ''}
      </span>
      {version.mayActivate ? (
        <Button type="link" size="small" loading={decide.isPending} onClick={() => decide.mutate({ how: 'activate' })}>
          启用
        </Button>
      ) : null}
      {mayRetire && version.state !== 'retired' ? (
        <Button
          type="link"
          size="small"
          danger
          loading={decide.isPending}
          onClick={() => decide.mutate({ how: 'retire' })}
        >
          停用
        </Button>
      ) : null}
      <Faults version={version} />
      <RefusalNote error={decide.error} />
    </li>
  )
}

function TemplateTable({ list }: { list: FormList }) {
  const [chosen, setChosen] = useState<FormView | null>(null)
  const { message } = App.useApp()
  const columns: Column<FormView>[] = [
    { key: 'title', title: '文书', lead: true, whole: true, cell: (form) => <strong>{form.title}</strong> },
    {
      key: 'family',
      title: '类别',
      whole: true,
      cell: (form) => `${form.kindTitle} · ${form.family === 'court' ? '裁判文书' : '公文'}`,
    },
    {
      key: 'shipped',
      title: '系统自带',
      whole: true,
      cell: (form) => (
        <Button
          type="link"
          size="small"
          onClick={() =>
            void download(`document-forms/${form.id}/template`, `${form.title}（模板）.docx`).catch((error: Error) =>
              message.error(error.message),
            )
          }
        >
          下载
        </Button>
      ),
    },
    {
      key: 'own',
      title: '本院模板',
      cell: (form) =>
        form.versions.length === 0 ? (
          <span className="soft">使用系统自带的模板</span>
        ) : (
          <ul className="papers">
            {form.versions.map((version) => (
              <Version key={version.id} version={version} mayRetire={list.mayActivate} />
            ))}
          </ul>
        ),
    },
    {
      key: 'upload',
      title: '操作',
      whole: true,
      cell: (form) =>
        list.mayUpload ? (
          <Button size="small" onClick={() => setChosen(form)}>
            上传
          </Button>
        ) : (
          ''
        ),
    },
  ]
  return (
    <>
      <Table label="文书模板" columns={columns} rows={list.items} rowKey={({ id }) => id} />
      {chosen ? <UploadDialog form={chosen} close={() => setChosen(null)} /> : null}
    </>
  )
}

function TemplateList() {
  const asked = useQuery({
    queryKey: ['document-templates'],
    queryFn: ({ signal }) => read<FormList>('document-templates', signal),
  })
  return (
    <Loaded asked={asked} rows={10}>
      {(list) => <TemplateTable list={list} />}
    </Loaded>
  )
}

/** Templates of the court's documents, and what stands in all of them. */
export function DocumentTemplatesPage() {
  const posts = useMe().data?.posts ?? []
  const isBusiness = posts.some(({ role }) => !role.startsWith('administrator.'))
  const tabs: Tab[] = [
    { key: 'templates', title: '模板', body: <TemplateList /> },
    ...(isBusiness ? [{ key: 'settings', title: '文书设置', body: <DocumentSettings /> }] : []),
  ]
  return (
    <>
      <PageHead
        title="文书模板"
        about="下载系统自带的模板，在 Word 中修改后上传；须由另一人核对启用。字段写在花括号中，如 {案号}。"
      />
      <Tabs label="文书模板" tabs={tabs} />
    </>
  )
}
