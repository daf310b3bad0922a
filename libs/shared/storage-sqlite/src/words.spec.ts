import { indexWords, openDatabase, wordsQuery } from './index';

describe('the full-text index', () => {
  const texts = [
    ['Übermut tut selten gut', ''],
    ['Gas-price jumps', 'Electricity follows'],
    ['Straße nach Łódź', ''],
    ['naïve café', 'NOT a keyword OR "quote"'],
    ['１２３ full width', '东京 tower'],
  ];

  function find(search: string): string[] {
    const db = openDatabase(':memory:');
    texts.forEach(([title = '', summary = ''], index) => indexWords(db, index, { title, summary }));
    const query = wordsQuery(search);
    const rows = query === undefined ? [] : db.all<{ rowid: number }>('SELECT rowid FROM article_words WHERE article_words MATCH ?', query);
    db.close();
    return rows.map((row) => texts[row.rowid]?.[0] ?? '');
  }

  it.each([
    ['übermut', ['Übermut tut selten gut']],
    ['ubermut', ['Übermut tut selten gut']],
    ['ELECTR gas', ['Gas-price jumps']],
    ['gas-price', ['Gas-price jumps']],
    ['gas quote', []],
    ['not or "quote', ['naïve café']],
    ['cafe', ['naïve café']],
    ['naive CAFE', ['naïve café']],
    ['strasse', ['Straße nach Łódź']],
    ['straße lódz', ['Straße nach Łódź']],
    ['CAFÉ', ['naïve café']],
    ['123', ['１２３ full width']],
    ['东', ['１２３ full width']],
    ['* "', []],
    ['', []],
  ])('%j finds %j', (search, expected) => expect(find(search)).toEqual(expected));
});
