import type { On } from '#kernel/time/time.ts'

// The law that a document cites, as it stands on the document's date: the numbers of articles move with each revision
// of the code (民事诉讼法 2013 → 2022-01-01 → 2024-01-01), and a document cites the numbers of its own day.

export interface CitedArticle {
  law: string
  article: number
  /** The item or paragraph, in words. */
  part?: string
  validFrom: On
  /** The last day; null while it is in force. */
  validTo: On | null
  /** V: read in the text of the law; M: certain from its revision tables. */
  mark: 'V' | 'M'
}

const CODE = '中华人民共和国民事诉讼法'
const INTERPRETATION = '最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释'

/** An article of the code with its number under each of the three texts. */
function code(before: number, from2022: number, from2024: number, mark: 'V' | 'M', part?: string): CitedArticle[] {
  const of = (article: number, validFrom: On, validTo: On | null) => ({
    law: CODE,
    article,
    validFrom,
    validTo,
    mark,
    ...(part === undefined ? {} : { part }),
  })
  return [
    of(before, '2013-01-01', '2021-12-31'),
    of(from2022, '2022-01-01', '2023-12-31'),
    of(from2024, '2024-01-01', null),
  ]
}

function standing(law: string, article: number, validFrom: On, mark: 'V' | 'M', part?: string): CitedArticle[] {
  return [{ law, article, validFrom, validTo: null, mark, ...(part === undefined ? {} : { part }) }]
}

const SEIZURE = '最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定'
const DISHONESTY = '最高人民法院关于公布失信被执行人名单信息的若干规定'
const CONSUMPTION = '最高人民法院关于限制被执行人高消费及有关消费的若干规定'
const DISCLOSURE = '最高人民法院关于民事执行中财产调查若干问题的规定'

/** Each under the name that templates use: {依据执行通知}. */
export const CITATIONS: Readonly<Record<string, readonly CitedArticle[]>> = {
  依据执行通知: code(240, 247, 251, 'V'),
  依据报告财产: code(241, 248, 252, 'V'),
  依据冻结划拨: code(242, 249, 253, 'M'),
  依据提取收入: code(243, 250, 254, 'M'),
  依据查封扣押: code(244, 251, 255, 'M'),
  依据解除控制: [
    { law: SEIZURE, article: 31, validFrom: '2005-01-01', validTo: '2020-12-31', mark: 'M' },
    { law: SEIZURE, article: 28, validFrom: '2021-01-01', validTo: null, mark: 'M' },
  ],
  依据控制期限: [
    { law: INTERPRETATION, article: 487, validFrom: '2015-02-04', validTo: '2022-04-09', mark: 'M' },
    { law: INTERPRETATION, article: 485, validFrom: '2022-04-10', validTo: null, mark: 'V' },
  ],
  依据迟延履行: code(253, 260, 264, 'M'),
  依据限制措施: code(255, 262, 266, 'V'),
  依据中止执行: code(256, 263, 267, 'M'),
  依据终结执行: code(257, 264, 268, 'V'),
  依据裁定: code(154, 157, 157, 'M', '第一款第（十一）项'),
  依据妨害执行: code(111, 114, 114, 'V', '第一款第（六）项'),
  依据妨害财产: code(111, 114, 114, 'M', '第一款第（三）项'),
  依据妨害职务: code(111, 114, 114, 'M', '第一款第（五）项'),
  依据拒不协助: code(114, 117, 117, 'M', '第一款'),
  依据罚拘限度: code(115, 118, 118, 'V'),
  依据罚拘批准: code(116, 119, 119, 'V'),
  依据委托执行: code(229, 236, 240, 'V'),
  依据公告送达: code(92, 95, 95, 'M'),
  依据终本: [
    { law: INTERPRETATION, article: 519, validFrom: '2015-02-04', validTo: '2022-04-09', mark: 'M' },
    { law: INTERPRETATION, article: 517, validFrom: '2022-04-10', validTo: null, mark: 'V' },
  ],
  依据失信: standing(DISHONESTY, 1, '2013-10-01', 'V'),
  依据失信期限: standing(DISHONESTY, 2, '2017-05-01', 'V'),
  依据限制消费: standing(CONSUMPTION, 1, '2010-10-01', 'V'),
  依据限制项目: standing(CONSUMPTION, 3, '2010-10-01', 'V'),
  依据财产调查: standing(DISCLOSURE, 3, '2017-05-01', 'V'),
}
