/** Where an answer is from, as the record, the caller and the card say it. */
export interface AnswerSource {
  /** The service was not asked for this call: an equal answer was kept, or on its way for somebody else. */
  readonly cached: boolean;
  /** It was on its way, and is as new as what the other call got. */
  readonly joined?: true;
}
