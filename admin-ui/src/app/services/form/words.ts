/** The words of a list typed with commas, Chinese ones too; each once. */
export const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，]/)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];
