import { addDays } from '#kernel/time/time.ts'
import type { Random } from './random.ts'

// Names and numbers of nobody: names are put together by chance, and every number carries 999 as its administrative
// division, which no place in China has. The check characters are right unless a wrong one is asked for.

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏',
  ...'钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
]
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志文斌鹏辉玲飞红波宁琳鑫浩然宇轩子涵欣怡梓睿博思雨佳慧雪梅',
  ...'兰竹松柏岩峰岚川泽海江河春夏秋冬晨曦朝阳月星云霖昊天立德仁义礼信诚谦和顺康泰祥瑞福禄寿喜庆丰盈',
]
const PLACES = [...'北南东西云松青白长双柳石'].flatMap((one) => [...'屏泉岭川岗浦桦堤溪湾桥滩'].map((two) => one + two))
const WORDS = [...'鑫源宏图恒信诚达盛世嘉禾金瑞华腾龙祥泰安康明德远洋汇通万家和顺丰茂兴隆博雅天地']
const TRADES = [
  '商贸',
  '建筑工程',
  '物业服务',
  '房地产开发',
  '科技',
  '运输',
  '农业发展',
  '餐饮管理',
  '装饰工程',
  '建材',
]
const LENDERS = ['村镇银行股份有限公司', '小额贷款有限公司', '融资担保有限公司']

export function personName(random: Random): string {
  return random.pick(SURNAMES) + random.pick(GIVEN) + (random.chance(0.75) ? random.pick(GIVEN) : '')
}

export function firmName(random: Random): string {
  const place = random.pick(PLACES)
  if (random.chance(0.2)) return `${place}${random.pick(LENDERS)}`
  return `${place}${random.pick(WORDS)}${random.pick(WORDS)}${random.pick(TRADES)}有限公司`
}

const IDENTITY_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const IDENTITY_CHECKS = '10X98765432'
const CREDIT_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const BORN_FROM = '1950-01-01'
const BORN_DAYS = 19_000

const digits = (random: Random, length: number) => String(random.whole(0, 10 ** length - 1)).padStart(length, '0')

/** 居民身份证号码 of the form of GB 11643, in the division 999xxx. */
export function identityNumber(random: Random): string {
  const born = addDays(BORN_FROM, random.whole(0, BORN_DAYS)).replaceAll('-', '')
  const body = `999${digits(random, 3)}${born}${digits(random, 3)}`
  const sum = IDENTITY_WEIGHTS.reduce((total, weight, at) => total + weight * Number(body[at]), 0)
  return body + IDENTITY_CHECKS[sum % 11]
}

/** 统一社会信用代码 of the form of GB 32100, in the division 999xxx. */
export function creditCode(random: Random): string {
  const body = `91999${digits(random, 3)}MA${digits(random, 7)}`
  const sum = CREDIT_WEIGHTS.reduce(
    (total, weight, at) => total + weight * CREDIT_CHARACTERS.indexOf(body.charAt(at)),
    0,
  )
  return body + CREDIT_CHARACTERS[(31 - (sum % 31)) % 31]
}

/** The same number with another check character. */
export function withWrongCheck(number: string): string {
  return number.slice(0, -1) + (number.endsWith('1') ? '2' : '1')
}
