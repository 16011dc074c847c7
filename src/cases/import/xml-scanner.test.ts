import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { attributeOf, XmlScanner } from './xml-scanner.ts'

function eventsOf(pieces: readonly string[]): string[] {
  const events: string[] = []
  let text = ''
  const flush = (): void => {
    if (text !== '') events.push(`text ${text}`)
    text = ''
  }
  const scanner = new XmlScanner({
    open: (name, attributes) => {
      flush()
      events.push(`open ${name}${attributes.trimEnd()}`)
    },
    close: (name) => {
      flush()
      events.push(`close ${name}`)
    },
    text: (piece) => {
      text += piece
    },
  })
  for (const piece of pieces) scanner.write(piece)
  scanner.end()
  return events
}

const SOURCE = [
  `\ufeff<?xml version="1.0"?><!-- <a> --><x:a b="1 > 0" c='"'>甲&amp;乙&#x4E19;<d/>`,
  '<![CDATA[<&]]><!-- & --><e >丁</e ></x:a>\n',
].join('')

test('elements, text, entities, comments and character data', () => {
  assert.deepEqual(eventsOf([SOURCE]), [
    `open a b="1 > 0" c='"'`,
    'text 甲&乙丙',
    'open d',
    'close d',
    'text <&',
    'open e',
    'text 丁',
    'close e',
    'close a',
  ])
})

test('what has no character of its own is not well formed', () => {
  for (const name of ['b', 'toString', '__proto__', '#x110000', '']) {
    assert.throws(() => eventsOf([`<a>&${name};</a>`]), { code: 'import.broken' }, name)
  }
})

test('property: it does not matter where the pieces are cut', () => {
  const whole = eventsOf([SOURCE])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: SOURCE.length })), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), SOURCE.length]
      const pieces = places.slice(1).map((end, index) => SOURCE.slice(places[index], end))
      assert.deepEqual(eventsOf(pieces), whole)
    }),
  )
  assert.deepEqual(eventsOf([...SOURCE]), whole)
})

test('an attribute is found by its whole name', () => {
  const attributes = ` spans='1:2' x:r = "no" r="A&lt;1" s=""`
  assert.deepEqual(
    ['r', 's', 'spans', 'x:r', 't'].map((name) => attributeOf(attributes, name)),
    ['A<1', '', '1:2', 'no', null],
  )
})
