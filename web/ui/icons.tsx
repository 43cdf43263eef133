/** Line icons, drawn for a 24 by 24 grid. They stand beside words and say nothing by themselves. */

const paths = {
  bell: ['M6 9a6 6 0 0 1 12 0c0 6 2 7 2 8H4c0-1 2-2 2-8Z', 'M10 20a2 2 0 0 0 4 0'],
  watch: ['M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14Z', 'm20 20-4-4'],
  channels: ['M3 5h18v14H3Z', 'm4 7 8 6 8-6'],
  text: ['M4 5h16v11H10l-5 4v-4H4Z'],
  webhook: [
    'M8 5H6a2 2 0 0 0-2 2v3l-1 2 1 2v3a2 2 0 0 0 2 2h2',
    'M16 5h2a2 2 0 0 1 2 2v3l1 2-1 2v3a2 2 0 0 1-2 2h-2',
  ],
  account: ['M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z', 'M4 21c0-4 4-6 8-6s8 2 8 6'],
  sources: ['M5 19h.01', 'M5 12a7 7 0 0 1 7 7', 'M5 5a14 14 0 0 1 14 14'],
  subscribers: [
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z',
    'M2 20c0-3.5 3.5-5 7-5s7 1.500 7 5',
    'M16 5.500a3.500 3.500 0 0 1 0 6',
    'M18 15.500c2.500.5 4 2 4 4.500',
  ],
  overview: ['M4 20V11', 'M10 20V5', 'M16 20v-6', 'M22 20H2'],
  lists: ['M8 6h12', 'M8 12h12', 'M8 18h12', 'M4 6h.01', 'M4 12h.01', 'M4 18h.01'],
  out: ['M10 4H5v16h5', 'M14 8l4 4-4 4', 'M18 12H9'],
  plus: ['M12 5v14', 'M5 12h14'],
  check: ['m5 12.500 4.500 4.500L19 7.500'],
  warning: ['M12 4 2.500 20h19Z', 'M12 10v4', 'M12 17h.01'],
  clock: ['M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17Z', 'M12 8v4.500l3 2'],
  cross: ['m6 6 12 12', 'm18 6-12 12'],
  chevron: ['m6 9 6 6 6-6'],
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {paths[name].map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}
