// The courts of Jilin and those above them, by court code (法院代字). Intermediate courts and the way basic codes are
// formed (intermediate court's two digits + last two of the county's) come from the rules on case numbers; each basic
// code is derived by that way and not yet checked with the court itself: codeChecked says so. The basic railway and
// forest courts are left out because their numbers are not known.

export interface CourtSeed {
  /** Stands in keys and session tokens; made like an administrative division's code, never reused. */
  id: number
  code: string
  name: string
  level: 'supreme' | 'high' | 'intermediate' | 'basic'
  parent: string | null
  codeChecked: boolean
}

const INTERMEDIATE: readonly [digits: string, name: string, basics: Readonly<Record<string, string>>][] = [
  [
    '01',
    '长春市中级人民法院',
    {
      '02': '长春市南关区',
      '03': '长春市宽城区',
      '04': '长春市朝阳区',
      '05': '长春市二道区',
      '06': '长春市绿园区',
      12: '长春市双阳区',
      13: '长春市九台区',
      22: '农安县',
      82: '榆树市',
      83: '德惠市',
      84: '公主岭市',
      91: '长春经济技术开发区',
      92: '长春汽车经济技术开发区',
      93: '长春新区',
      94: '长春净月高新技术产业开发区',
    },
  ],
  [
    '02',
    '吉林市中级人民法院',
    {
      '02': '吉林市昌邑区',
      '03': '吉林市龙潭区',
      '04': '吉林市船营区',
      11: '吉林市丰满区',
      21: '永吉县',
      81: '蛟河市',
      82: '桦甸市',
      83: '舒兰市',
      84: '磐石市',
      91: '吉林高新技术产业开发区',
    },
  ],
  [
    '03',
    '四平市中级人民法院',
    { '02': '四平市铁西区', '03': '四平市铁东区', 22: '梨树县', 23: '伊通满族自治县', 82: '双辽市' },
  ],
  ['04', '辽源市中级人民法院', { '02': '辽源市龙山区', '03': '辽源市西安区', 21: '东丰县', 22: '东辽县' }],
  [
    '05',
    '通化市中级人民法院',
    {
      '02': '通化市东昌区',
      '03': '通化市二道江区',
      21: '通化县',
      23: '辉南县',
      24: '柳河县',
      81: '梅河口市',
      82: '集安市',
    },
  ],
  [
    '06',
    '白山市中级人民法院',
    {
      '02': '白山市浑江区',
      '05': '白山市江源区',
      21: '抚松县',
      22: '靖宇县',
      23: '长白朝鲜族自治县',
      81: '临江市',
    },
  ],
  [
    '07',
    '松原市中级人民法院',
    { '02': '松原市宁江区', 21: '前郭尔罗斯蒙古族自治县', 22: '长岭县', 23: '乾安县', 81: '扶余市' },
  ],
  ['08', '白城市中级人民法院', { '02': '白城市洮北区', 21: '镇赉县', 22: '通榆县', 81: '洮南市', 82: '大安市' }],
  [
    '24',
    '延边朝鲜族自治州中级人民法院',
    {
      '01': '延吉市',
      '02': '图们市',
      '03': '敦化市',
      '04': '珲春市',
      '05': '龙井市',
      '06': '和龙市',
      24: '汪清县',
      26: '安图县',
    },
  ],
  ['71', '长春铁路运输中级法院', {}],
  ['75', '延边林区中级法院', {}],
  ['76', '长春林区中级法院', {}],
]

/** Which of 75 and 76 is which is not certain. */
const UNCHECKED_INTERMEDIATE: ReadonlySet<string> = new Set(['75', '76'])

/** Every court, each after its parent. */
export const COURTS: readonly CourtSeed[] = [
  { id: 1, code: '最高法', name: '最高人民法院', level: 'supreme', parent: null, codeChecked: true },
  { id: 22, code: '吉', name: '吉林省高级人民法院', level: 'high', parent: '最高法', codeChecked: true },
  ...INTERMEDIATE.flatMap(([digits, name, basics]): CourtSeed[] => [
    {
      id: Number(`22${digits}`),
      code: `吉${digits}`,
      name,
      level: 'intermediate',
      parent: '吉',
      codeChecked: !UNCHECKED_INTERMEDIATE.has(digits),
    },
    ...Object.entries(basics).map(
      ([county, place]): CourtSeed => ({
        id: Number(`22${digits}${county}`),
        code: `吉${digits}${county}`,
        name: `${place}人民法院`,
        level: 'basic',
        parent: `吉${digits}`,
        codeChecked: false,
      }),
    ),
  ]),
]
