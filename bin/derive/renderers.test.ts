import assert from 'node:assert/strict'
import { test } from 'node:test'
import { route } from '#kernel/http/route.ts'
import { field } from '#kernel/matter/field.ts'
import { matter } from '#kernel/matter/kind.ts'
import { upload } from '#kernel/matter/matter.ts'
import { renderMatter } from './matter-page.ts'
import { renderPermissions } from './permission-table.ts'
import { renderRoutes, roleVerbs } from './route-list.ts'

const letter = matter('letter', {
  title: '函件',
  articles: ['21.1'],
  number: '{court}函〔{year}〕{serial}号',
  opens: { by: 'team.clerk', to: 'drafting' },
  ends: ['closed'],
  fields: { otherCourt: field.court('对方法院') },
  states: { drafting: '起草', answering: '对方办理中', closed: '办结' },
  documents: { reply: upload('回函') },
  actions: {
    send: { label: '发出', from: ['drafting'], to: 'answering', by: 'team.clerk', approval: 'centre.head' },
    remark: { label: '补记', from: ['answering'], by: 'opener', ask: { note: field.text('说明', { optional: true }) } },
    close: {
      label: '办结',
      from: ['answering'],
      to: 'closed',
      by: ['counterpart:centre.clerk', 'superior:centre.head'],
      needs: ['reply'],
    },
  },
  clocks: { answer: { label: '答复', while: 'answering', rule: 'letter.answer', overdue: 'centre.head' } },
})

const RULES = [
  { id: 'letter.answer', version: 2, label: '答复', n: 10, unit: 'working-day', source: '本院规定', mark: 'C' },
]

test('the page of a kind shows states, who acts and limits with their source', () => {
  const page = renderMatter(letter, RULES)
  assert.match(page, /^# 函件\n\n依据：第二十一条第一款\n/)
  assert.match(page, /\n {2}\[\*\] --> drafting : 新建\n {2}drafting --> answering : 发出\n/)
  assert.match(page, /\n\| 发出 \| 书记员 \| 起草 \| 对方办理中 \| — \| — \| — \| 指挥中心主任 \|\n/)
  assert.match(page, /\n\| 补记 \| 发起人 \| 对方办理中 \| 不变 \| 说明（可不填） \| — \| — \| — \|\n/)
  assert.match(page, /\| 对方法院指挥中心专员、上级法院指挥中心主任 \| 对方办理中 \| 办结 \| — \| 回函 \| — \| — \|\n/)
  assert.match(
    page,
    /\| 答复 \| 对方办理中 \| letter.answer（第2版） \| 10个工作日 \| 本院规定 \| C 本院设定 \| 指挥中心主任 \|\n/,
  )
  const kept = renderMatter({ ...letter, clocks: {} }, [], RULES)
  assert.match(kept, /\| 答复 \| 按节点 \| letter.answer（第2版） \| 10个工作日 \| 本院规定 \| C 本院设定 \| — \|\n/)
  assert.throws(() => renderMatter(letter, []), /letter\.answer/)
})

test('the permission table says on whose things each role may', () => {
  const [head = '', ...rows] = renderPermissions([letter], [{ verb: 'POST /api/imports', by: ['centre.clerk'] }])
    .trimEnd()
    .split('\n')
  const cell = (verb: string, role: string) =>
    rows.find((row) => row.startsWith(`${verb},`))?.split(',')[head.split(',').indexOf(role)]
  assert.equal(cell('letter.send', 'team.clerk'), 'own')
  assert.equal(cell('letter.send', 'centre.head'), 'none')
  assert.equal(cell('letter.close', 'centre.clerk'), 'counterpart')
  assert.equal(cell('letter.close', 'centre.head'), 'subordinate')
  assert.equal(cell('letter.remark', 'opener'), 'own')
  assert.equal(cell('letter.read', 'centre.head'), 'own+subordinate+counterpart')
  assert.equal(cell('letter.read', 'team.judge'), 'own')
  assert.equal(cell('letter.read', 'administrator.system'), 'none')
  assert.equal(cell('POST /api/imports', 'centre.clerk'), 'own')
  assert.equal(rows.length, 6)
})

test('routes stand in the order of their paths with who may call them', () => {
  const handle = async () => null
  const routes = [
    route({ method: 'POST', path: '/imports', summary: '导入', access: ['director', 'centre.clerk'], handle }),
    route({ method: 'GET', path: '/cases/:id', summary: '案件', access: 'signed-in', perThing: true, handle }),
  ]
  assert.equal(
    renderRoutes(routes),
    ['GET   /api/cases/:id  signed-in+thing        案件\n', 'POST  /api/imports    centre.clerk,director  导入\n'].join(
      '',
    ),
  )
  assert.deepEqual(roleVerbs(routes), [{ verb: 'POST /api/imports', by: ['director', 'centre.clerk'] }])
})
