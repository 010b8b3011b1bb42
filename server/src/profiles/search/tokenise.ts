/** Words without meaning of their own, in what people and models ask for. */
const STOP_WORDS = new Set(
  (
    'a an and are as at be by do for from get how i in is it me my need of on or please that the this to use want what which with you ' +
    '的 了 吗 呢 吧 和 与 或 在 是 有 我 你 请 把 将 被 给 要 想 需要 怎么 如何 哪个 什么 一个 帮 帮我 可以 所有'
  ).split(' '),
);

const CAMEL = /(\p{Ll}|\p{N})(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu;
const CHINESE = /\p{Script=Han}/u;
/** Longest text that is looked at, characters: a description may be a book. */
const LONGEST_TEXT = 8_000;

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * The words of a text in Chinese, English or both, lower case and without stop words. Names are taken apart at `_`, `-` and
 * changes of case. Chinese comes as words and as pairs of characters, because dictionaries cut the same words differently
 * in different surroundings.
 * Pure.
 */
export function tokenise(text: string): string[] {
  const readable = text
    .slice(0, LONGEST_TEXT)
    .normalize('NFKC')
    .replace(CAMEL, '$1$2 ')
    .replace(/[_\-./]+/g, ' ')
    .toLowerCase();
  const terms: string[] = [];
  let run: string[] = [];
  const endRun = (): void => {
    terms.push(...chineseTerms(run));
    run = [];
  };
  for (const { segment, isWordLike } of segmenter.segment(readable)) {
    const isKept = isWordLike === true && !STOP_WORDS.has(segment);
    if (isKept && CHINESE.test(segment)) run.push(segment);
    else {
      endRun();
      if (isKept) terms.push(segment);
    }
  }
  endRun();
  return terms;
}

/** @param run words that stand side by side */
function chineseTerms(run: readonly string[]): string[] {
  const characters = [...run.join('')];
  if (characters.length < 2) return characters;
  const pairs = characters.slice(1).map((character, at) => `${characters[at]}${character}`);
  return [...new Set([...run.filter((word) => word.length > 1), ...pairs])];
}
