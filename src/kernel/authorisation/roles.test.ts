import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ADMINISTRATOR_ROLES,
  BUSINESS_ROLES,
  CENTRE_ROLES,
  isRole,
  OVERSEEING_ROLES,
  ROLE_NAMES,
  ROLES,
} from './roles.ts'

// Written from 意见第一条 and the roles of the glossary, not from the code.

const OVERSEERS = ['院长', '主管副院长', '执行局长', '指挥中心主任', '指挥中心专员', '值班员', '督察']
const OTHERS = [
  '团队负责人',
  '员额法官',
  '法官助理',
  '书记员',
  '查控员',
  '案款专管员',
  '财务',
  '立案',
  '审判',
  '技术员',
]
const ADMINISTRATORS = ['系统管理员', '安全管理员', '审计员']

const labels = (names: readonly (keyof typeof ROLES)[]) => names.map((name) => ROLES[name].label as string).sort()

test('business posts, those of them that see the courts below, and the three administrators, who see neither', () => {
  assert.deepEqual(labels(OVERSEEING_ROLES), OVERSEERS.toSorted())
  assert.deepEqual(labels(BUSINESS_ROLES), [...OVERSEERS, ...OTHERS].sort())
  assert.deepEqual(labels(ADMINISTRATOR_ROLES), ADMINISTRATORS.toSorted())
  assert.deepEqual(labels(CENTRE_ROLES), ['执行局长', '指挥中心主任', '指挥中心专员'].sort())
  assert.equal(ROLE_NAMES.length, BUSINESS_ROLES.length + ADMINISTRATOR_ROLES.length)
  for (const name of ADMINISTRATOR_ROLES) {
    assert.match(name, /^administrator\./)
    assert.equal(ROLES[name].oversees, false, name)
  }
})

test('a stored name is a role only where it is one', () => {
  for (const name of ROLE_NAMES) assert.equal(isRole(name), true)
  for (const name of ['', 'toString', 'constructor', 'judge', 'President']) assert.equal(isRole(name), false, name)
})
