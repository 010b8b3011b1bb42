import type { ToolView } from '../../tools/index.js';
import type { ProfileTool } from '../contents/profile-tools.js';

/** Service, thing in English, thing in Chinese, a parameter. */
const THINGS = `
crm customer 客户 customerId
crm contact 联系人 email
crm opportunity 销售机会 stage
crm quote 报价单 amount
crm campaign 营销活动 channel
hr employee 员工 employeeNumber
hr vacation 年假 days
hr payslip 工资单 month
hr candidate 候选人 position
hr training 培训课程 course
finance invoice 发票 invoiceNumber
finance payment 付款 iban
finance expense 报销单 receipt
finance budget 预算 costCenter
finance supplier 供应商 vatNumber
desk ticket 工单 priority
desk incident 故障 severity
desk article 知识库文章 topic
desk survey 满意度调查 rating
desk shift 值班表 engineer
shop order 订单 orderId
shop product 商品 sku
shop shipment 物流单 trackingNumber
shop refund 退款 reason
shop coupon 优惠券 discount
devops repository 代码仓库 branch
devops pipeline 流水线 commit
devops release 发布版本 tag
devops container 容器 image
devops alert 告警 threshold
office meeting 会议 attendees
office room 会议室 floor
office document 文档 folder
office email 邮件 recipient
office reminder 提醒 dueAt
data table 数据表 columns
data report 报表 period
data dashboard 仪表盘 widgets
data query 查询语句 sql
data export 数据导出任务 format
legal contract 合同 counterparty
legal approval 审批 approver
legal policy 制度 clause
legal license 许可证 expiry
legal case 案件 court
plant machine 设备 serialNumber
plant sensor 传感器 reading
plant workorder 生产工单 quantity
plant inspection 质检记录 defect
plant warehouse 仓库 location
`
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

const VERBS = [
  ['create', 'Creates a new', '新建'],
  ['list', 'Lists every', '列出全部'],
  ['find', 'Looks up one', '查找某个'],
  ['update', 'Changes the details of one', '修改'],
  ['delete', 'Removes one', '删除'],
  ['archive', 'Puts away an old', '归档'],
  ['assign', 'Hands over responsibility for one', '指派'],
  ['comment_on', 'Adds a remark to one', '添加备注到'],
  ['share', 'Gives colleagues access to one', '共享'],
  ['count', 'Tells the number of', '统计数量：'],
] as const;

/** 500 tools of ten services; names are English, every second thing is described in Chinese. The same at every call. */
export const catalogueOf500 = (): readonly ProfileTool[] =>
  THINGS.flatMap(([service = '', thing = '', zh = '', parameter = ''], at) =>
    VERBS.map(([verb, says, saysZh]) => {
      const description = at % 2 === 0 ? `${says} ${thing}.` : `${saysZh}${zh}。`;
      return toolNamed(`${service}__${verb}_${thing}`, { description, parameter });
    }),
  ).sort((a, b) => (a.name < b.name ? -1 : 1));

/** A tool as a profile offers it, with nothing that a search would not look at. */
export function toolNamed(
  name: string,
  { description, title, parameter = 'id' }: { description?: string; title?: string; parameter?: string } = {},
): ProfileTool {
  const definition = {
    name: name.split('__').at(-1) ?? name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    inputSchema: { type: 'object', properties: { [parameter]: { type: 'string' } } },
  };
  const tool: ToolView = {
    serviceId: 's',
    serviceSlug: 's',
    serviceName: {},
    publicName: name,
    hiddenCharacters: 0,
    isHeld: false,
    definition,
    policy: { class: 'unknown', approval: 'never', cache: null, idempotent: false },
  };
  return { name, tool };
}
