/** Time zones as feeds name them: offsets, the abbreviations of RFC 822 and of news desks, names of the IANA. */

const hours: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  west: 1,
  bst: 1,
  ist: 5.5,
  cet: 1,
  met: 1,
  mez: 1,
  cest: 2,
  mest: 2,
  mesz: 2,
  eet: 2,
  sast: 2,
  eest: 3,
  msk: 3,
  trt: 3,
  gst: 4,
  pkt: 5,
  wib: 7,
  ict: 7,
  hkt: 8,
  sgt: 8,
  awst: 8,
  kst: 9,
  jst: 9,
  acst: 9.5,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
  nst: -3.5,
  ndt: -2.5,
  brt: -3,
  art: -3,
  ast: -4,
  adt: -3,
  est: -5,
  edt: -4,
  et: -5,
  cst: -6,
  cdt: -5,
  ct: -6,
  mst: -7,
  mdt: -6,
  mt: -7,
  pst: -8,
  pdt: -7,
  pt: -8,
  akst: -9,
  akdt: -8,
  hst: -10,
};

/**
 * Minutes east of UTC.
 * @param localTime the time on the clock as if it were UTC, in milliseconds: zones of the IANA change with it
 * @returns undefined for what is no zone
 */
export function zoneOffsetMinutes(zone: string, localTime: number): number | undefined {
  const offset = /^(?:GMT|UTC?)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(zone);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return minutes <= 24 * 60 ? minutes * (offset[1] === '-' ? -1 : 1) : undefined;
  }
  const known = hours[zone.toLowerCase()];
  return known === undefined ? ianaOffset(zone, localTime) : known * 60;
}

function ianaOffset(zone: string, localTime: number): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(localTime).find(({ type }) => type === 'timeZoneName')?.value;
    return name === 'GMT' ? 0 : zoneOffsetMinutes(name ?? '', 0);
  } catch {
    return undefined;
  }
}
