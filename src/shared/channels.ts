/**
 * By what a message reaches people. Grassroots channels of NĐ 49/2024/NĐ-CP, the forms of TT 06/2022/TT-BTTTT, and those of
 * the source plan. Some can so far only be planned: what happens there leaves no evidence here yet.
 */
export const channels = [
  'meeting',
  'visit',
  'leaflet',
  'leaflet-left',
  'loudspeaker',
  'zalo',
  'poster',
  'bulletin',
  'sms',
  'email',
  'call',
  'training',
  'dialogue',
  'contest',
  'press',
  'portal',
] as const;

export type Channel = (typeof channels)[number];

/** What is kept by hand and counts: an activity of a plan line that people themselves write down. */
export const activityKinds = [
  'meeting',
  'visit',
  'leaflet',
  'leaflet-left',
  'loudspeaker',
  'zalo',
  'poster',
  'bulletin',
] as const satisfies readonly Channel[];

/** What an activity of a plan line can be: kept by hand, or sent by this product. */
export type ActivityKind = (typeof activityKinds)[number] | 'sms' | 'email';

/** Evidence of a whole village: whoever lived there could hear or see it. */
export const areaChannels = [
  'loudspeaker',
  'zalo',
  'poster',
  'bulletin',
  'leaflet-left',
] as const satisfies readonly Channel[];

/** What has to be read: without somebody in the household who reads the language it proves nothing but "could see". */
export const readChannels = [
  'leaflet',
  'leaflet-left',
  'zalo',
  'poster',
  'bulletin',
  'sms',
  'email',
] as const satisfies readonly Channel[];

/** What proves a piece of evidence, the strongest first; "declared" = somebody says so, nothing else. */
export const proofs = ['network', 'device', 'signed-list', 'photo-list', 'second-person', 'declared'] as const;

export type Proof = (typeof proofs)[number];

/** Languages of the north-west by ISO 639 codes; their names stand under `language.<code>`. */
export const spokenLanguages = ['vi', 'hmn', 'blt', 'kjg', 'tyz', 'mtq', 'ium', 'nut', 'pcc', 'hni'] as const;

export type SpokenLanguage = (typeof spokenLanguages)[number];

/** How strong the evidence is that somebody was reached: delivered, attended, understood, acted. */
export const stages = [2, 3, 4, 5] as const;

export type Stage = (typeof stages)[number];
