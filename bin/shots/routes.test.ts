import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routesIn, stopsOf } from './routes.ts'
import type { Session } from './session.ts'

const refuse = () => Promise.reject(new Error('no request is needed here'))

const clerk: Session = {
  username: 'clerk',
  cookie: { name: 'session', value: '1' },
  todayOn: '2021-09-30',
  roles: [],
  menu: ['/cases', '/orders'],
  kinds: [{ path: 'orders', mayOpen: false, ownPage: false } as Session['kinds'][number]],
  firstId: async (path) => (path.startsWith('/cases?') ? 'c1' : null),
  get: refuse,
  post: refuse,
  send: refuse,
}

test('routes are read from the router as declared', () => {
  const source =
    "createRoute({ path: '/sign-in' })\npage('/', () => a)\npage(\n  '/cases/$id', () => b)\nimport('#web/x.tsx')"
  assert.deepEqual(routesIn(source), ['/sign-in', '/', '/cases/$id'])
})

test('every route has a stop, each address once, and one that nothing fills is named', async () => {
  const { stops, faults } = await stopsOf(['/sign-in', '/', '/orders', '/cases/$id', '/$path', '/$path/$id'], [clerk])
  assert.deepEqual(
    stops.map(({ address, session }) => [address, session?.username ?? null]),
    [
      ['/sign-in', null],
      ['/', 'clerk'],
      ['/orders', 'clerk'],
      ['/cases/c1', 'clerk'],
    ],
  )
  assert.equal(faults.length, 1)
  assert.match(faults[0] ?? '', /^\/\$path\/\$id：/)
})
