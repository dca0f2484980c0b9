/**
 * The names a text may use, and what each is filled from. Few, and each can really be known of a household or an activity;
 * anything else is refused when the text is saved, not when it is sent.
 */
interface GapName {
  readonly name: string;
  /** What it is filled from, in the words of the tables; on screen `gap.<key>`. */
  readonly key: string;
  readonly from: string;
  /** Stands in for it where a text is shown before it is filled: nobody is called so. */
  readonly example: string;
}

export const valueNames: readonly GapName[] = [
  { name: 'tên', key: 'head', from: 'registry.subject_now.head_name', example: 'Giàng A Mẫu' },
  { name: 'thôn', key: 'village', from: 'territory: the village of the household', example: 'thôn Ví Dụ' },
  { name: 'xã', key: 'commune', from: 'territory: the commune of that village', example: 'xã Ví Dụ' },
  { name: 'ngày', key: 'day', from: 'the day of the activity or the sending', example: '20/11/2026' },
  { name: 'giờ', key: 'time', from: 'typed for the activity', example: '19 giờ' },
  { name: 'nơi', key: 'where', from: 'typed for the activity', example: 'nhà văn hóa thôn' },
];

/** Conditions: unknown counts as no. */
export const conditionNames: readonly Omit<GapName, 'example'>[] = [
  { name: 'đọc_được', key: 'reads', from: "registry.subject_now.languages_read holds the text's language" },
  { name: 'có_điện_thoại', key: 'phone', from: 'registry.subject_now.mobiles > 0' },
  { name: 'có_trẻ_em', key: 'children', from: 'registry.person: somebody under 16 on the day' },
  { name: 'có_người_cao_tuổi', key: 'elderly', from: 'registry.person: somebody of 60 or more on the day' },
];

export const exampleValues: Readonly<Record<string, string>> = Object.fromEntries(
  valueNames.map(({ name, example }) => [name, example]),
);

/** Every condition holding, or none: a text is shown both ways before it is approved. */
export const exampleConditions = (holding: boolean): Readonly<Record<string, boolean>> =>
  Object.fromEntries(conditionNames.map(({ name }) => [name, holding]));
