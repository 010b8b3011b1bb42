const en = {
  title: 'Usage',
  lead: 'How much services and tools are used, by whom, and how well it goes.',
  leadOwn: 'Your own usage. Seeing that of others needs the permission usage:read.',
  by: { label: 'Grouped by', day: 'Day', service: 'Service', tool: 'Tool', user: 'Person' },
  column: { day: 'Day', service: 'Service', tool: 'Tool', user: 'Person' },
  calls: 'Calls',
  succeeded: 'Succeeded',
  errors: 'Errors',
  denied: 'Refused',
  errorRate: 'Error rate',
  avg: 'Mean duration',
  p95: 'p95 duration',
  total: 'Total',
  chart: 'Calls {{by}}: the same numbers stand in the table below.',
  chartTitle: 'Calls',
  tableTitle: 'Numbers',
  others: '{{n}} more are in the table',
  emptyTitle: 'No usage in this time',
  emptyText: 'Choose a longer time, or call a tool.',
};

export default en;
