import { randomUUID } from 'node:crypto'
import { addDays } from '#kernel/time/time.ts'
import type { Pair } from './figures.ts'
import { getRequest, postRequest } from './keep-alive-client.ts'
import { CONNECTIONS_MOST, extension, newCase, type Order, type Person, type Prepared } from './preparation.ts'

// The questions: each once for the product and once for the limit, about the same things in the same order.

const READ_GOALS = { list: 0.7, search: 0.7, byId: 0.5, workbench: 0.5, counts: 10, related: 0.4 }
/** Within how many milliseconds the related cases of one appear, for all but one in a hundred who ask. */
const RELATED_MOST_MS = 100
const WRITE_GOAL = 0.4

function at<T>(all: readonly T[], connection: number, turn: number): T {
  return all[(connection * 7 + turn) % all.length] as T
}

export function readPairs({ on, courtId, clerk, overseer, caseIds, names }: Prepared): Pair[] {
  const place = `court=${courtId}&on=${on}`
  const word = (connection: number, turn: number) => encodeURIComponent(at(names, connection, turn))
  return [
    {
      name: '案件详情（按编号）',
      goal: READ_GOALS.byId,
      product: (c, turn) => getRequest(`/api/cases/${at(caseIds, c, turn)}`, clerk.cookie),
      limit: (c, turn) => getRequest(`/case?${place}&id=${at(caseIds, c, turn)}`),
    },
    {
      name: '关联案件核查（各院比对）',
      goal: READ_GOALS.related,
      mostMs: RELATED_MOST_MS,
      product: (c, turn) => getRequest(`/api/cases/${at(caseIds, c, turn)}/related`, clerk.cookie),
      limit: (c, turn) => getRequest(`/related?${place}&id=${at(caseIds, c, turn)}`),
    },
    {
      name: '案件清单50行（法院＋状态，按到期日）',
      goal: READ_GOALS.list,
      product: () => getRequest('/api/cases?scope=own&state=handling&sort=dueOn&limit=50', clerk.cookie),
      limit: () => getRequest(`/list?${place}&state=handling`),
    },
    {
      name: '当事人两字检索',
      goal: READ_GOALS.search,
      product: (c, turn) => getRequest(`/api/cases?scope=own&q=${word(c, turn)}`, clerk.cookie),
      limit: (c, turn) => getRequest(`/search?${place}&q=${word(c, turn)}`),
    },
    {
      name: '工作台（指挥中心专员）',
      goal: READ_GOALS.workbench,
      product: () => getRequest('/api/workbench', clerk.cookie),
      limit: () => getRequest(`/workbench?${place}`),
    },
    {
      // Kept against recounted: the one question in which the product must be far above the limit.
      name: '案件数量（全部法院，按状态）',
      goal: READ_GOALS.counts,
      product: () => getRequest('/api/cases/counts?scope=subtree', overseer.cookie),
      limit: () => getRequest(`/counts?court=${overseer.courtId}`),
    },
  ]
}

export function writePairs(prepared: Prepared): Pair[] {
  const { filers, ordersOfOne, ordersSpread } = prepared
  return [
    { name: '新建案件（一个法院）', goal: WRITE_GOAL, ...creation(prepared, filers.slice(0, 1)) },
    { name: '新建案件（分散到各院）', goal: WRITE_GOAL, ...creation(prepared, filers) },
    { name: '办理事项（一个法院）', goal: WRITE_GOAL, ...acting(prepared, ordersOfOne) },
    { name: '办理事项（分散到各院）', goal: WRITE_GOAL, ...acting(prepared, ordersSpread) },
  ]
}

function creation({ on }: Prepared, filers: readonly Person[]): Pick<Pair, 'product' | 'limit'> {
  return {
    product: (c, turn) => postRequest('/api/cases', newCase(on, turn), randomUUID(), at(filers, c, turn).cookie),
    limit: (c, turn) => {
      const { courtId, personId, accountId } = at(filers, c, turn)
      const query = `court=${courtId}&person=${personId}&account=${accountId}&key=${randomUUID()}`
      return postRequest(`/create?${query}`, newCase(on, turn), randomUUID())
    },
  }
}

/**
 * Each connection has matters of its own, so that nobody waits for another's row, and takes them in turn: a matter with
 * hundreds of acts on its page is no one's.
 */
function acting({ on, dateField }: Prepared, orders: readonly Order[]): Pick<Pair, 'product' | 'limit'> {
  // Both sides act on the same matters, so the version goes on whoever acted.
  const body = (order: Order, turn: number) => extension(order.version++, dateField, addDays(on, 20 + (turn % 5)))
  const orderOf = (c: number, turn: number) => orders[(c + CONNECTIONS_MOST * turn) % orders.length] as Order
  return {
    product: (c, turn) => {
      const order = orderOf(c, turn)
      return postRequest(
        `/api/supervision-orders/${order.id}/extend`,
        body(order, turn),
        randomUUID(),
        order.clerk.cookie,
      )
    },
    limit: (c, turn) => {
      const order = orderOf(c, turn)
      const { courtId, id, holderId, clerk } = order
      const query = `court=${courtId}&thing=${id}&person=${clerk.personId}&account=${clerk.accountId}`
      return postRequest(`/act?${query}&holder=${holderId}&key=${randomUUID()}`, body(order, turn), randomUUID())
    },
  }
}
