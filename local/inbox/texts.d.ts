export function partsOf(text: string): {
  encoding: 'GSM-7' | 'UCS-2';
  parts: number;
  characters: number;
};
