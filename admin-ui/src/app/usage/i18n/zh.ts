import type { SameKeys } from '../../i18n/scope';
import type en from './en';

const zh: SameKeys<typeof en> = {
  title: '用量',
  lead: '服务与工具的使用量、使用者及运行质量。',
  leadOwn: '此处仅显示您自己的用量。查看他人的用量需要 usage:read 权限。',
  by: { label: '统计维度', day: '按天', service: '按服务', tool: '按工具', user: '按人员' },
  column: { day: '日期', service: '服务', tool: '工具', user: '人员' },
  calls: '调用次数',
  succeeded: '成功',
  errors: '失败',
  denied: '被拒绝',
  errorRate: '错误率',
  avg: '平均耗时',
  p95: 'P95 耗时',
  total: '合计',
  chart: '调用次数（{{by}}），与下方表格数据一致。',
  chartTitle: '调用次数',
  tableTitle: '明细',
  others: '另有 {{n}} 项见表格',
  emptyTitle: '该时段内没有用量',
  emptyText: '请选择更长的时间范围，或先调用一个工具。',
};

export default zh;
