// The same echo for whoever starts its services itself: a message a line. What came together is answered together.
import { echo } from './echo-answers.mjs';

const answerTo = echo();
let rest = '';

process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  const answers = lines
    .filter(Boolean)
    .map((line) => answerTo(JSON.parse(line)))
    .filter(Boolean);
  if (answers.length > 0) process.stdout.write(`${answers.map((answer) => JSON.stringify(answer)).join('\n')}\n`);
});
