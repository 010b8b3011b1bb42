import type { DynamicToolUIPart, TextUIPart, UIMessageChunk } from 'ai';
import type { CallCard, DirectAct, TurnError, TurnStop } from '@gatehouse/contracts';

/** What Gatehouse adds to the AI SDK's UI message, by the name behind `data-`. */
type OurData = { call: CallCard; direct: DirectAct; error: TurnError; stopped: TurnStop };

/** One piece of an answer on its way to the person. */
export type TurnChunk = UIMessageChunk<unknown, OurData>;

/** The parts of a stored message. */
export type StoredPart =
  TextUIPart | { type: 'reasoning'; text: string } | { type: 'step-start' } | DynamicToolUIPart | DataPart;

export type DataPart = {
  [Name in keyof OurData]: { type: `data-${Name}`; id?: string; data: OurData[Name] };
}[keyof OurData];
