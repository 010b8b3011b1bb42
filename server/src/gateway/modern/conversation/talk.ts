import type { Question } from '../../../clients/index.js';

/** How often a client is sent back for answers in one call. */
export const MAX_ROUNDS = 10;

export interface OpenQuestion {
  /** Ours, and the same in every round. */
  readonly key: string;
  readonly question: Question;
}

/**
 * Where a call stands with its client: `talking` while a request of the client is open, `parked` while the client is away
 * to find answers.
 */
export interface Talk {
  readonly phase: 'talking' | 'parked';
  readonly rounds: number;
  /** How many questions there ever were; numbers the keys. */
  readonly asked: number;
  /** Asked and not answered, in order. */
  readonly open: readonly OpenQuestion[];
  /** Of the open ones, those that the client was sent away with. */
  readonly shown: readonly string[];
}

export const BEGINNING: Talk = { phase: 'talking', rounds: 0, asked: 0, open: [], shown: [] };

/** The service asks, whether or not the client is there. @returns undefined when the client was sent back often enough */
export function withQuestion(talk: Talk, question: Question): { talk: Talk; key: string } | undefined {
  if (talk.rounds >= MAX_ROUNDS) return undefined;
  const key = `question-${talk.asked + 1}`;
  return { key, talk: { ...talk, asked: talk.asked + 1, open: [...talk.open, { key, question }] } };
}

/** The service does not want to know any more, or has its answer. */
export const withoutQuestion = (talk: Talk, key: string): Talk => ({
  ...talk,
  open: talk.open.filter((each) => each.key !== key),
});

/** The client is sent away with every open question. */
export const parked = (talk: Talk): Talk => ({
  ...talk,
  phase: 'parked',
  rounds: talk.rounds + 1,
  shown: talk.open.map(({ key }) => key),
});

/** The client is back. @returns also which of its answers count: those to what it was asked and what is still open */
export function resumed(talk: Talk, answered: readonly string[]): { talk: Talk; counting: readonly string[] } {
  const counting = talk.open.map(({ key }) => key).filter((key) => talk.shown.includes(key) && answered.includes(key));
  const open = talk.open.filter(({ key }) => !counting.includes(key));
  return { counting, talk: { ...talk, phase: 'talking', open, shown: [] } };
}

/** Whether questions are open that the client cannot be sent away with any more. */
export const isExhausted = ({ rounds, open }: Talk): boolean => rounds >= MAX_ROUNDS && open.length > 0;
