import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { maskCertificate, readCertificate } from './certificate.ts'

// The check characters are computed here another way than in the code: GB 11643 by Horner's rule for MOD 11-2 (ISO
// 7064), GB 32100 by adding the powers of 3 one after the other.

const CREDIT = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']

function identityOf(first17: string): string {
  let product = 0
  for (const digit of first17) product = ((product + Number(digit)) * 2) % 11
  return first17 + '10X98765432'.charAt(product % 11)
}

function creditOf(first17: string): string {
  let sum = 0n
  let power = 1n
  for (const sign of first17) {
    sum += power * BigInt(CREDIT.indexOf(sign))
    power *= 3n
  }
  const check = Number((31n - (sum % 31n)) % 31n)
  return first17 + (CREDIT[check] ?? '')
}

const dateDigits = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2021-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10).replaceAll('-', ''))
const identity = fc
  .tuple(fc.integer({ min: 100_000, max: 999_999 }), dateDigits, fc.integer({ min: 0, max: 999 }))
  .map(([area, birth, order]) => identityOf(`${area}${birth}${String(order).padStart(3, '0')}`))
const credit = fc
  .array(fc.constantFrom(...CREDIT), { minLength: 16, maxLength: 16 })
  .map((signs) => creditOf(`9${signs.join('')}`))
  .filter((number) => /[A-Z]/.test(number.slice(0, 17)))

test('the published examples hold', () => {
  assert.deepEqual(readCertificate('11010519491231002X'), {
    type: '居民身份证',
    number: '11010519491231002X',
    valid: true,
  })
  assert.equal(readCertificate('440524188001010014').valid, true)
  assert.deepEqual(readCertificate('91350100M000100Y43'), {
    type: '统一社会信用代码',
    number: '91350100M000100Y43',
    valid: true,
  })
})

test('which rule a number is checked by follows from its first 17 characters alone', () => {
  const rows: [string, string][] = [
    ['11010519491231002A', '居民身份证'],
    ['110105194913310020', '统一社会信用代码'],
    ['110105190002290010', '统一社会信用代码'],
    ['110105200002290010', '居民身份证'],
    ['1101051949123100XX', '统一社会信用代码'],
    ['110105491231002', '其他证件'],
    ['1101051949123100211', '其他证件'],
    ['吉A1234567', '其他证件'],
  ]
  for (const [number, type] of rows) assert.equal(readCertificate(number).type, type, number)
  for (const number of ['110105491231002', '1101051949123100211', 'E12345678', '']) {
    assert.equal(readCertificate(number).valid, false, number)
  }
})

test('a number of digits whose characters 7–14 are no date is a credit code even where GB 11643 would hold', () => {
  const number = identityOf('11010519491331002')
  assert.deepEqual(readCertificate(number), {
    type: '统一社会信用代码',
    number,
    valid: creditOf(number.slice(0, 17)) === number,
  })
})

test('width, case and spaces do not count', () => {
  for (const text of [
    '11010519491231002x',
    '1101 0519 4912 3100 2X',
    '１１０１０５１９４９１２３１００２Ｘ',
    '\u3000110105194912310\t02Ｘ',
  ]) {
    assert.deepEqual(readCertificate(text), { type: '居民身份证', number: '11010519491231002X', valid: true })
  }
  assert.equal(readCertificate('91350100m000100y43').valid, true)
})

test('letters that a credit code does not use make it wrong', () => {
  for (const letter of 'IOSVZ') assert.equal(readCertificate(`91350100M00010${letter}Y43`.slice(0, 18)).valid, false)
  for (const letter of 'IOSVZ') assert.equal(readCertificate(`91350100${letter}000100Y43`).valid, false)
})

test('property: a right identity number holds, and each single wrong character is found', () => {
  fc.assert(
    fc.property(identity, fc.integer({ min: 0, max: 17 }), fc.integer({ min: 0, max: 9 }), (number, at, digit) => {
      assert.deepEqual(readCertificate(number), { type: '居民身份证', number, valid: true })
      fc.pre(number[at] !== String(digit))
      const wrong = number.slice(0, at) + String(digit) + number.slice(at + 1)
      // A change inside the date can make it a credit code by the rule of the first 17 characters.
      const read = readCertificate(wrong)
      if (read.type === '居民身份证') assert.equal(read.valid, false)
      else assert.equal(read.valid, creditOf(wrong.slice(0, 17)) === wrong)
    }),
  )
})

test('every single error that leaves the kind of number as it is is found', () => {
  for (const number of ['11010519491231002X', '440524188001010014', '91350100M000100Y43']) {
    const { type } = readCertificate(number)
    let tried = 0
    for (let at = 0; at < 18; at += 1) {
      for (const sign of CREDIT) {
        const wrong = readCertificate(number.slice(0, at) + sign + number.slice(at + 1))
        if (wrong.number === number || wrong.type !== type) continue
        tried += 1
        assert.equal(wrong.valid, false, wrong.number)
      }
    }
    assert.ok(tried > 100)
  }
})

test('property: a right credit code holds, and each single wrong character is found', () => {
  fc.assert(
    fc.property(credit, fc.integer({ min: 0, max: 17 }), fc.constantFrom(...CREDIT), (number, at, sign) => {
      assert.deepEqual(readCertificate(number), { type: '统一社会信用代码', number, valid: true })
      fc.pre(number[at] !== sign)
      const wrong = readCertificate(number.slice(0, at) + sign + number.slice(at + 1))
      if (wrong.type === '统一社会信用代码') assert.equal(wrong.valid, false)
    }),
  )
})

test('a sum that 31 divides has the check character 0', () => {
  const number = fc.sample(
    credit.filter((code) => code.endsWith('0')),
    { numRuns: 1, seed: 7 },
  )[0]
  assert.ok(number !== undefined && readCertificate(number).valid)
})

test('a masked number shows its first six and last four characters, a short one next to nothing', () => {
  assert.equal(maskCertificate('11010519491231002X'), '110105********002X')
  assert.equal(maskCertificate('E12345678'), 'E********')
  assert.equal(maskCertificate(''), '')
})
