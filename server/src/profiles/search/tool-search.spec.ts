import { catalogueOf500, toolNamed } from './catalogue.fixture.js';
import { ToolSearch } from './tool-search.js';

const catalogue = catalogueOf500();
const namesFor = (query: string, limit = 5): string[] =>
  new ToolSearch().search(catalogue, query, limit).map(({ name }) => name);

describe('search among 500 tools', () => {
  it.each([
    ['find the invoice', 'finance__find_invoice'],
    ['list all vacation', 'hr__list_vacation'],
    ['add a comment to a ticket', 'desk__comment_on_ticket'],
    ['how many sensors are there? count them', 'plant__count_sensor'],
    ['remove a coupon', 'shop__delete_coupon'],
    ['I want to share a document with a colleague', 'office__share_document'],
    ['look up contract', 'legal__find_contract'],
    ['assign incident to somebody', 'desk__assign_incident'],
    ['new meeting', 'office__create_meeting'],
    ['archive old release', 'devops__archive_release'],
    ['update the employee', 'hr__update_employee'],
    ['update budgets', 'finance__update_budget'],
  ])('finds by “%s”', (query, name) => {
    expect(namesFor(query)).toContain(name);
  });

  it.each([
    ['employes', 'employee'],
    ['trackingNumber', 'shipment'],
  ])('finds tools about the thing alone by “%s”', (query, thing) => {
    const found = namesFor(query);
    expect(found.length).toBe(5);
    expect(found.filter((name) => !name.endsWith(thing))).toEqual([]);
  });

  it.each([
    ['新建联系人', 'crm__create_contact'],
    ['帮我列出全部报价单', 'crm__list_quote'],
    ['查找某个工资单', 'hr__find_payslip'],
    ['删除培训课程', 'hr__delete_training'],
    ['我想修改付款信息', 'finance__update_payment'],
    ['归档预算', 'finance__archive_budget'],
    ['给工单添加备注', 'desk__comment_on_ticket'],
    ['共享知识库文章', 'desk__share_article'],
    ['统计商品数量', 'shop__count_product'],
    ['指派退款', 'shop__assign_refund'],
    ['把代码仓库删除', 'devops__delete_repository'],
    ['列出所有告警', 'devops__list_alert'],
    ['查找会议室', 'office__find_room'],
    ['新建审批', 'legal__create_approval'],
  ])('finds by “%s”', (query, name) => {
    expect(namesFor(query)).toContain(name);
  });

  it('gives equally good ones in the order of their names, and the same each time', () => {
    const twins = ['b', 'a', 'c'].map((each) => toolNamed(`x__${each}`, { description: 'Twin.' })).sort(byName);
    const search = new ToolSearch();
    const first = search.search(twins, 'twin', 5).map(({ name }) => name);
    expect(first).toEqual(['x__a', 'x__b', 'x__c']);
    expect(search.search([...twins], 'twin', 5).map(({ name }) => name)).toEqual(first);
  });

  it('looks for the first words of an endless question only', () => {
    const padding = Array.from({ length: 16 }, (_, at) => `filler${at}`).join(' ');
    expect(namesFor(`invoice ${padding}`)[0]).toContain('invoice');
    expect(namesFor(`${padding} invoice`)).toEqual([]);
  });

  it('finds nothing for nothing', () => {
    expect(namesFor('')).toEqual([]);
    expect(namesFor('🙂 ?!')).toEqual([]);
    expect(new ToolSearch().search([], 'anything', 5)).toEqual([]);
  });

  it('finds a tool by its own name, its title and its parameters when a profile renamed it', () => {
    const { tool } = toolNamed('crm__find_customer', { title: '客户档案', parameter: 'customerNumber' });
    const renamed = [{ name: 'who', tool, description: 'Our people.' }, toolNamed('other', {})];
    for (const query of ['customer', '档案', 'customerNumber', 'people', 'who'])
      expect(new ToolSearch().search(renamed, query, 5)[0]?.name).toBe('who');
  });

  it('never answers from the list of somebody else', () => {
    const search = new ToolSearch();
    const [mine, theirs] = [[toolNamed('x__mine', {})], [toolNamed('x__theirs', {})]];
    for (let list = 0; list < 200; list += 1) search.search([toolNamed(`x__${list}`, {})], 'x', 5);
    expect(search.search(mine, 'x mine theirs', 5).map(({ name }) => name)).toEqual(['x__mine']);
    expect(search.search(theirs, 'x mine theirs', 5).map(({ name }) => name)).toEqual(['x__theirs']);
  });
});

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
