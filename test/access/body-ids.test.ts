import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { App } from '#app'
import { requestSchema } from '#kernel/http/reply-schema.ts'
import type { Field } from '#kernel/matter/field.ts'
import type { Client, Reply } from '#test/client.ts'
import { startTestServer } from '#test/harness.ts'
import { assertUnmarked, eightAtATime, faceOf, makeWorld, SOMEBODY, type World } from './asking.ts'
import { DECISIONS } from './decisions.ts'
import { markOf, type Place } from './marks.ts'
import { forbiddenMarks, type Someone } from './model.ts'
import type { Planted } from './plant.ts'
import { plantCase, plantOrder } from './plant-things.ts'

// Ids that stand in a body, in a query or second in a path. What they name in another court is answered exactly like an
// id that nothing has, changes nothing and gives nothing away; what they name in the own court is taken.

interface BodyId {
  key: string
  field: string
  /** How the route is asked: the thing of the own court, and the id under test taken from `there`. */
  ask: (client: Client, own: Planted, there: Planted) => Promise<Reply>
  /** Who comes as far as the id; the others are refused alike whatever it is. */
  by: Someone
  /** Status of the refusal; 200 where a foreign id only narrows a list to nothing. */
  refused: number
  /** Status where the id is of the own court. */
  taken: number
  /** Whoever oversees may name what lies below; for the others it is foreign, which the matrix shows. */
  reachesBelow?: true
}

const newCase = { kind: '首次执行', filedOn: '2021-09-01', creditors: [{ name: '某' }], debtors: [] }
const newOrder = { source: '本院督办', requirement: '请办理' }
const order = (own: Planted) => `/supervision-orders/${own.orderId}`

/** An act on the thing as it stands; who can't read it names some version. */
async function act(client: Client, path: string, name: string, answers: object): Promise<Reply> {
  const thing = await client.get(path)
  return client.post(`${path}/${name}`, { ...answers, version: thing.body.version ?? 1 })
}

const BODY_IDS: readonly BodyId[] = [
  {
    key: 'POST /cases',
    field: 'judgeId',
    by: 'centre.clerk',
    refused: 400,
    taken: 201,
    ask: (client, _, there) => client.post('/cases', { ...newCase, judgeId: there.judgeId }),
  },
  {
    key: 'POST /cases',
    field: 'teamId',
    by: 'filing',
    refused: 400,
    taken: 201,
    ask: (client, _, there) => client.post('/cases', { ...newCase, teamId: there.teamId }),
  },
  {
    key: 'POST /cases/:id/changeHandler',
    field: 'handler',
    by: 'centre.clerk',
    refused: 400,
    taken: 200,
    ask: (client, own, there) =>
      act(client, `/cases/${own.caseId}`, 'changeHandler', { handler: there.judgeId, reason: '调整' }),
  },
  {
    key: 'POST /staffing',
    field: 'teamId',
    by: 'director',
    refused: 400,
    taken: 200,
    ask: (client, _, there) =>
      client.post('/staffing', {
        teamId: there.teamId,
        role: 'team.judge',
        standard: 3,
        fromOn: '2021-10-08',
        source: '编制方案',
      }),
  },
  {
    key: 'POST /assignment-grounds',
    field: 'personId',
    by: 'centre.clerk',
    refused: 400,
    taken: 201,
    ask: (client, _, there) =>
      client.post('/assignment-grounds', {
        personId: there.judgeId,
        kind: 'leave',
        reason: '休假',
        fromOn: '2021-10-08',
        toOn: '2021-10-09',
      }),
  },
  {
    key: 'GET /assignment-grounds',
    field: 'judge',
    by: 'team.clerk',
    refused: 200,
    taken: 200,
    ask: (client, _, there) => client.get(`/assignment-grounds?judge=${there.judgeId}`),
  },
  {
    key: 'POST /task-orders',
    field: 'team',
    by: 'team.clerk',
    refused: 400,
    taken: 201,
    ask: (client, own, there) =>
      client.post('/task-orders', {
        team: there.affairsTeamId,
        caseNumber: own.caseNumber,
        task: '送达',
        requirement: '请送达',
      }),
  },
  {
    key: 'POST /task-orders/:id/take',
    field: 'person',
    by: 'team.clerk',
    refused: 400,
    taken: 200,
    ask: (client, own, there) => act(client, `/task-orders/${own.taskId}`, 'take', { person: there.judgeId }),
  },
  {
    key: 'POST /supervision-orders',
    field: 'handler',
    by: 'centre.clerk',
    refused: 400,
    taken: 201,
    ask: (client, _, there) =>
      client.post('/supervision-orders', { ...newOrder, target: '承办人', handler: there.judgeId }),
  },
  {
    key: 'POST /supervision-orders',
    field: 'team',
    by: 'centre.clerk',
    refused: 400,
    taken: 201,
    ask: (client, _, there) => client.post('/supervision-orders', { ...newOrder, target: '团队', team: there.teamId }),
  },
  {
    key: 'POST /supervision-orders/:id/redirect',
    field: 'handler',
    by: 'centre.clerk',
    refused: 400,
    taken: 200,
    ask: (client, own, there) => act(client, order(own), 'redirect', { handler: there.judgeId, reason: '调整' }),
  },
  {
    key: 'POST /supervision-orders/:id/passOn',
    field: 'toPerson',
    by: 'team.head',
    refused: 400,
    taken: 200,
    ask: (client, own, there) =>
      act(client, order(own), 'passOn', { toTarget: '承办人', toPerson: there.judgeId, toRequirement: '请办理' }),
  },
  {
    key: 'POST /supervision-orders/:id/passOn',
    field: 'toTeam',
    by: 'team.head',
    refused: 400,
    taken: 200,
    ask: (client, own, there) =>
      act(client, order(own), 'passOn', { toTarget: '团队', toTeam: there.teamId, toRequirement: '请办理' }),
  },
  {
    key: 'POST /backlog/orders',
    field: 'clockIds',
    by: 'centre.clerk',
    refused: 404,
    taken: 409,
    reachesBelow: true,
    ask: (client, own, there) =>
      client.post('/backlog/orders', { clockIds: [there.clockId, own.clockId], requirement: '请办理' }),
  },
  {
    key: 'POST /warnings/orders',
    field: 'warningIds',
    by: 'centre.clerk',
    refused: 404,
    taken: 409,
    reachesBelow: true,
    ask: (client, own, there) =>
      client.post('/warnings/orders', { warningIds: [there.warningId, own.warningId], requirement: '请办理' }),
  },
  {
    key: 'POST /people',
    field: 'samePersonAs',
    by: 'administrator.system',
    refused: 404,
    taken: 201,
    ask: (client, _, there) =>
      client.post('/people', { name: '某', username: 'second.account', samePersonAs: there.victimId }),
  },
  {
    key: 'POST /people/:id/posts',
    field: 'teamId',
    by: 'administrator.security',
    refused: 400,
    taken: 200,
    ask: (client, own, there) =>
      client.post(`/people/${own.victimId}/posts`, { role: 'team.clerk', teamId: there.teamId, fromOn: '2021-10-08' }),
  },
  {
    key: 'POST /people/:id/end-post',
    field: 'postId',
    by: 'administrator.security',
    refused: 404,
    taken: 200,
    ask: (client, own, there) =>
      client.post(`/people/${own.victimId}/end-post`, { postId: there.postId, toOn: '2021-10-08' }),
  },
  {
    key: 'GET /cases',
    field: 'judge',
    by: 'team.clerk',
    refused: 200,
    taken: 200,
    reachesBelow: true,
    ask: (client, _, there) => client.get(`/cases?scope=subtree&judge=${there.judgeId}`),
  },
  {
    key: 'GET /cases',
    field: 'team',
    by: 'team.clerk',
    refused: 200,
    taken: 200,
    reachesBelow: true,
    ask: (client, _, there) => client.get(`/cases?scope=subtree&team=${there.teamId}`),
  },
  {
    key: 'GET /warnings',
    field: 'judge',
    by: 'team.clerk',
    refused: 200,
    taken: 200,
    reachesBelow: true,
    ask: (client, _, there) => client.get(`/warnings?scope=subtree&judge=${there.judgeId}`),
  },
  {
    key: 'GET /warnings',
    field: 'team',
    by: 'team.clerk',
    refused: 200,
    taken: 200,
    reachesBelow: true,
    ask: (client, _, there) => client.get(`/warnings?scope=subtree&team=${there.teamId}`),
  },
  {
    key: 'GET /due-changes',
    field: 'recount',
    by: 'team.clerk',
    refused: 200,
    taken: 200,
    reachesBelow: true,
    ask: (client, _, there) => client.get(`/due-changes?scope=subtree&recount=${there.recountId}`),
  },
  {
    key: 'GET /case-count',
    field: 'judge',
    by: 'team.clerk',
    refused: 200,
    taken: 200,
    reachesBelow: true,
    ask: (client, _, there) => client.get(`/case-count?scope=subtree&judge=${there.judgeId}`),
  },
  {
    key: 'GET /case-count',
    field: 'team',
    by: 'team.clerk',
    refused: 200,
    taken: 200,
    reachesBelow: true,
    ask: (client, _, there) => client.get(`/case-count?scope=subtree&team=${there.teamId}`),
  },
  {
    key: 'POST /bulk-jobs',
    field: 'ids',
    by: 'team.clerk',
    refused: 422,
    taken: 201,
    ask: (client, _, there) =>
      client.post('/bulk-jobs', {
        list: 'cases',
        action: 'recordNode',
        answers: { node: '执行通知书发出', on: '2021-09-02' },
        filter: {},
        ids: [there.caseId],
        count: 1,
      }),
  },
  {
    key: 'GET /case-export',
    field: 'judge',
    by: 'team.clerk',
    refused: 200,
    taken: 200,
    ask: (client, _, there) => client.get(`/case-export?format=csv&judge=${there.judgeId}`),
  },
  {
    key: 'GET /case-export',
    field: 'team',
    by: 'team.clerk',
    refused: 200,
    taken: 200,
    ask: (client, _, there) => client.get(`/case-export?format=csv&team=${there.teamId}`),
  },
  {
    key: 'GET /cases/:id/attachments/:attachmentId',
    field: 'attachmentId',
    by: 'team.clerk',
    refused: 404,
    taken: 200,
    ask: (client, own, there) => client.get(`/cases/${own.caseId}/attachments/${there.caseAttachmentId}`),
  },
  {
    key: 'GET /supervision-orders/:id/attachments/:attachmentId',
    field: 'attachmentId',
    by: 'team.clerk',
    refused: 404,
    taken: 200,
    ask: (client, own, there) =>
      client.get(`/supervision-orders/${own.orderId}/attachments/${there.orderAttachmentId}`),
  },
  {
    key: 'POST /approval-deputies',
    field: 'handler',
    by: 'director',
    refused: 400,
    taken: 201,
    ask: (client, _, there) =>
      client.post('/approval-deputies', {
        handler: there.judgeId,
        fromOn: '2021-10-08',
        toOn: '2021-10-09',
        reason: '外出',
      }),
  },
  {
    key: 'POST /related-proposals/:id/concentrate',
    field: 'handler',
    by: 'centre.clerk',
    refused: 400,
    taken: 200,
    ask: (client, own, there) =>
      act(client, `/related-proposals/${own.proposalId}`, 'concentrate', { handler: there.judgeId }),
  },
  ...(['POST /service-tasks', 'POST /cases/:id/service-tasks'] as const).map(
    // Both come as far as the planted document of the own court, which is void.
    (key): BodyId => ({
      key,
      field: 'document',
      by: 'centre.clerk',
      refused: 400,
      taken: 409,
      ask: (client, own, { documentId: document }) =>
        key === 'POST /service-tasks'
          ? client.post('/service-tasks', { document, receiver: '某' })
          : client.post(`/cases/${own.caseId}/service-tasks`, { document, receivers: [{ receiver: '某' }] }),
    }),
  ),
  ...onMatter('service-tasks', 'serviceId', 'serviceAttachmentId', (at) => ({
    document: at.documentId,
    receiver: '某',
  })),
  ...onMatter('offline-inquiries', 'inquiryId', 'inquiryAttachmentId', () => ({
    debtor: '某',
    subject: '车辆',
    unit: '某所',
    requirement: '查询',
  })),
  ...onMatter('asset-clues', 'clueId', 'clueAttachmentId', () => ({
    source: '匿名举报',
    receivedOn: '2021-09-30',
    detail: '某处有车',
  })),
  ...onMatter('investigation-applications', 'applicationId', 'applicationAttachmentId', () => ({
    subject: '审计',
    applicant: '某',
    appliedOn: '2021-09-30',
    debtor: '某',
    ground: '账目不实',
  })),
]

/** The ids of a kind of matter on a case: whom it is given to when it is opened and later, and a paper of it. */
function onMatter(
  path: string,
  id: 'serviceId' | 'inquiryId' | 'clueId' | 'applicationId',
  paper: `${'service' | 'inquiry' | 'clue' | 'application'}AttachmentId`,
  fields: (own: Planted) => object,
): BodyId[] {
  const to = { by: 'centre.clerk', refused: 400 } as const
  const place = path === 'service-tasks' ? () => ({}) : (own: Planted) => ({ caseNumber: own.caseNumber })
  return [
    {
      ...to,
      key: `POST /${path}`,
      field: 'handler',
      taken: path === 'service-tasks' ? 409 : 201,
      ask: (client, own, there) => client.post(`/${path}`, { ...fields(own), ...place(own), handler: there.judgeId }),
    },
    {
      ...to,
      key: `POST /${path}/:id/handOver`,
      field: 'handler',
      taken: 200,
      ask: (client, own, there) => act(client, `/${path}/${own[id]}`, 'handOver', { handler: there.judgeId }),
    },
    {
      key: `GET /${path}/:id/attachments/:attachmentId`,
      field: 'attachmentId',
      by: 'team.clerk',
      refused: 404,
      taken: 200,
      ask: (client, own, there) => client.get(`/${path}/${own[id]}/attachments/${there[paper]}`),
    },
  ]
}

test('access: ids in bodies, queries and second in paths', async (t) => {
  const world = await makeWorld(await startTestServer(t))
  const { server, at } = world

  await t.test('every id that a body or a query may hold is among them', () => {
    const covered = new Set(BODY_IDS.map(({ key, field }) => `${key} ${field}`))
    const open = idFields(server.app).filter((one) => !covered.has(one))
    assert.deepEqual(open, [])
  })

  await t.test('foreign and not there are answered alike, to every role', async () => {
    await eightAtATime(SOMEBODY, (someone) => foreignLikeNothing(world, someone))
  })

  await t.test('the same answers are refusals for whoever comes as far as the id', async () => {
    for (const one of BODY_IDS) {
      const reply = await one.ask(world.people.get(one.by) as Client, at.own, at.foreign)
      assert.equal(reply.status, one.refused, `${one.key} ${one.field}: ${reply.text}`)
      if (one.refused === 200) assertUnmarked(reply, [markOf('own', 'thing'), markOf('foreign', 'thing')], one.key)
    }
  })

  await t.test('nothing was changed by any of it', async () => {
    const versions = await server.sql(`
      select version from enforcement_case union all select version from matter_supervision_order`)
    assert.deepEqual(new Set(versions.map((row) => row.version)), new Set([1]))
    const [counts] = await server.sql(`select
      (select count(*)::int from enforcement_case) as cases,
      (select count(*)::int from matter_supervision_order) as orders,
      (select count(*)::int from account where username = 'second.account') as accounts`)
    assert.deepEqual(counts, { cases: 6, orders: 7, accounts: 0 })
  })

  await t.test('an id of the own court is taken: the refusal is for the court and for nothing else', async () => {
    for (const one of BODY_IDS) {
      const fresh = {
        ...at.own,
        ...(await plantCase(server, 'own', at.own)),
        ...(await plantOrder(server, 'own', at.own)),
      }
      const reply = await one.ask(world.people.get(one.by) as Client, fresh, fresh)
      assert.equal(reply.status, one.taken, `${one.key} ${one.field}: ${reply.text}`)
    }
  })

  await t.test('a case number of another court ties nothing to that case', async () => {
    const clerk = world.people.get('centre.clerk') as Client
    for (const place of ['above', 'sister', 'foreign', 'none'] as const) {
      const fields = { ...newOrder, target: '团队', team: at.own.teamId, caseNumber: at[place].caseNumber }
      const made = await clerk.do('/supervision-orders', fields)
      assert.deepEqual(made.links, [], place)
    }
  })
})

/** 'METHOD /path field' of every uuid in a declared body or query, and of every person or team that an act asks for. */
function idFields({ routes, chapters }: App): string[] {
  const declared = routes.flatMap(({ method, path, body, query }) =>
    [body, query].flatMap((schema) => {
      const { properties = {} } = schema ? (requestSchema(schema) as { properties?: Record<string, unknown> }) : {}
      const ids = Object.entries(properties).filter(([, one]) => JSON.stringify(one).includes('"uuid"'))
      return ids.map(([field]) => `${method} ${path} ${field}`)
    }),
  )
  const named = (fields: Readonly<Record<string, Field>>, key: string) =>
    Object.entries(fields).flatMap(([name, { type }]) =>
      ['person', 'team', 'document'].includes(type) ? [`${key} ${name}`] : [],
    )
  const asked = chapters.flatMap(({ kinds }) =>
    kinds.flatMap((kind) => [
      ...(kind.own ? [] : named(kind.fields, `POST /${kind.path}`)),
      ...Object.entries(kind.actions).flatMap(([name, { ask }]) => named(ask ?? {}, `POST /${kind.path}/:id/${name}`)),
    ]),
  )
  return [...declared, ...asked]
}

async function foreignLikeNothing({ people, at }: World, someone: Someone): Promise<void> {
  const client = people.get(someone) as Client
  const nothing = { ...at.none, orderId: randomUUID() }
  for (const one of BODY_IDS) {
    const absent = await one.ask(client, at.own, nothing)
    const isDecided = DECISIONS[one.key] !== undefined
    assert.ok(isDecided, `${one.key} is no route`)
    for (const place of ['below', 'above', 'sister', 'foreign'] satisfies Place[]) {
      if (place === 'below' && one.reachesBelow) continue
      const reply = await one.ask(client, at.own, at[place])
      const what = `${someone}: ${one.key} with ${one.field} of ${place}`
      assert.ok(faceOf(reply) === faceOf(absent), `${what}: ${reply.text.slice(0, 300)}`)
      assertUnmarked(reply, forbiddenMarks(someone), what)
    }
  }
}
