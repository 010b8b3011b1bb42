import { tokenise } from './tokenise.js';

describe('tokenise', () => {
  it.each([
    ['create_customerRecord', ['create', 'customer', 'record']],
    ['getHTTPHeaders-v2.list/all', ['http', 'headers', 'v2', 'list', 'all']],
    ['CRM__find_by_id', ['crm', 'find', 'id']],
    ['ＦＵＬＬ width', ['full', 'width']],
    ['How do I list the invoices?', ['list', 'invoices']],
    ['', []],
    ['… !? 🙂', []],
  ])('takes %s apart', (text, words) => expect(tokenise(text)).toEqual(words));

  it('cuts Chinese into words, and into pairs of characters too', () => {
    expect(tokenise('查询的发票')).toEqual(['查询', '发票']);
    expect(tokenise('图书馆')).toEqual(expect.arrayContaining(['图书', '书馆']));
    expect(tokenise('新建工单')).toEqual(expect.arrayContaining(['新建', '工单']));
  });

  it('reads both languages in one text', () => {
    expect(tokenise('用 createTicket 创建工单')).toEqual(expect.arrayContaining(['create', 'ticket', '创建', '工单']));
  });

  it('looks at no more than a part of a book', () => {
    expect(tokenise('word '.repeat(100_000)).length).toBeLessThan(2_000);
  });
});
