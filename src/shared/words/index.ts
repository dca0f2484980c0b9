import type { Params } from '../errors.ts';
import { apiEn } from './api.en.ts';
import { apiVi } from './api.vi.ts';
import { audiencesEn } from './audiences.en.ts';
import { audiencesVi } from './audiences.vi.ts';
import { auditEn } from './audit.en.ts';
import { auditVi } from './audit.vi.ts';
import { backupEn } from './backup.en.ts';
import { backupVi } from './backup.vi.ts';
import { channelsEn } from './channels.en.ts';
import { channelsVi } from './channels.vi.ts';
import { cliEn } from './cli.en.ts';
import { cliVi } from './cli.vi.ts';
import { cliDispatchEn } from './cli-dispatch.en.ts';
import { cliDispatchVi } from './cli-dispatch.vi.ts';
import { consoleEn } from './console.en.ts';
import { consoleVi } from './console.vi.ts';
import { contentEn } from './content.en.ts';
import { contentVi } from './content.vi.ts';
import { coverageEn } from './coverage.en.ts';
import { coverageVi } from './coverage.vi.ts';
import { dispatchEn } from './dispatch.en.ts';
import { dispatchVi } from './dispatch.vi.ts';
import { dispatchPagesEn } from './dispatch-pages.en.ts';
import { dispatchPagesVi } from './dispatch-pages.vi.ts';
import { errorsEn } from './errors.en.ts';
import { errorsVi } from './errors.vi.ts';
import { evidenceEn } from './evidence.en.ts';
import { evidenceVi } from './evidence.vi.ts';
import { helpEn } from './help.en.ts';
import { helpVi } from './help.vi.ts';
import { identityEn } from './identity.en.ts';
import { identityVi } from './identity.vi.ts';
import { languagesEn } from './languages.en.ts';
import { languagesVi } from './languages.vi.ts';
import { leftBehindEn } from './left-behind.en.ts';
import { leftBehindVi } from './left-behind.vi.ts';
import { listEn } from './list.en.ts';
import { listVi } from './list.vi.ts';
import { mapsEn } from './maps.en.ts';
import { mapsVi } from './maps.vi.ts';
import { nextEn } from './next.en.ts';
import { nextVi } from './next.vi.ts';
import { plansEn } from './plans.en.ts';
import { plansVi } from './plans.vi.ts';
import { refusalsEn } from './refusals.en.ts';
import { refusalsVi } from './refusals.vi.ts';
import { registryEn } from './registry.en.ts';
import { registryVi } from './registry.vi.ts';
import { reportsEn } from './reports.en.ts';
import { reportsVi } from './reports.vi.ts';
import { styleEn } from './style.en.ts';
import { styleVi } from './style.vi.ts';
import { stylePageEn } from './style-page.en.ts';
import { stylePageVi } from './style-page.vi.ts';
import { todayEn } from './today.en.ts';
import { todayVi } from './today.vi.ts';
import { unitsEn } from './units.en.ts';
import { unitsVi } from './units.vi.ts';
import { villagesEn } from './villages.en.ts';
import { villagesVi } from './villages.vi.ts';
import { visitsEn } from './visits.en.ts';
import { visitsVi } from './visits.vi.ts';

/** Every sentence the product shows, by key. Vietnamese is the first language, English says the same. */
export const languages = ['vi', 'en'] as const;

export type Language = (typeof languages)[number];

const vi: Readonly<Record<string, string>> = {
  ...apiVi,
  ...auditVi,
  ...backupVi,
  ...channelsVi,
  ...cliVi,
  ...cliDispatchVi,
  ...consoleVi,
  ...errorsVi,
  ...identityVi,
  ...listVi,
  ...registryVi,
  ...refusalsVi,
  ...languagesVi,
  ...contentVi,
  ...audiencesVi,
  ...mapsVi,
  ...nextVi,
  ...plansVi,
  ...evidenceVi,
  ...coverageVi,
  ...helpVi,
  ...visitsVi,
  ...leftBehindVi,
  ...villagesVi,
  ...styleVi,
  ...stylePageVi,
  ...unitsVi,
  ...todayVi,
  ...reportsVi,
  ...dispatchVi,
  ...dispatchPagesVi,
};
const en: Readonly<Record<string, string>> = {
  ...apiEn,
  ...auditEn,
  ...backupEn,
  ...channelsEn,
  ...cliEn,
  ...cliDispatchEn,
  ...consoleEn,
  ...errorsEn,
  ...identityEn,
  ...listEn,
  ...registryEn,
  ...refusalsEn,
  ...languagesEn,
  ...contentEn,
  ...audiencesEn,
  ...mapsEn,
  ...nextEn,
  ...plansEn,
  ...evidenceEn,
  ...coverageEn,
  ...helpEn,
  ...visitsEn,
  ...leftBehindEn,
  ...villagesEn,
  ...styleEn,
  ...stylePageEn,
  ...unitsEn,
  ...todayEn,
  ...reportsEn,
  ...dispatchEn,
  ...dispatchPagesEn,
};

export const words: Readonly<Record<Language, Readonly<Record<string, string>>>> = { vi, en };

/** Which form of a word goes with a number: `one` or `other` in English, always `other` in Vietnamese. */
const plurals = { vi: new Intl.PluralRules('vi'), en: new Intl.PluralRules('en') } as const;

/**
 * Fills `{name}` with its value; numbers in the way of the language (7.430 in vi, 7,430 in en), and the sentence of a key
 * for a value that begins with `@` (`@list.field.size`). `{name|household|households}` becomes the first word where the
 * value is one, else the second.
 */
const fill = (language: Language, template: string, params: Params = {}): string =>
  template.replace(
    /\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}/gu,
    (whole, name: string, one: string | undefined, other: string | undefined) => {
      const value = params[name];
      if (value === undefined) return whole;
      if (one !== undefined && other !== undefined)
        return plurals[language].select(Number(value)) === 'one' ? one : other;
      if (typeof value === 'number') return value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB');
      return value.startsWith('@') ? (words[language][value.slice(1)] ?? value) : value;
    },
  );

/** The sentence for a key; an unknown key shows itself, so that a hole is seen (a test finds it before users do). */
export const say = (language: Language, key: string, params?: Params): string =>
  fill(language, words[language][key] ?? key, params);

export type Say = (key: string, params?: Params) => string;

export const sayIn =
  (language: Language): Say =>
  (key, params) =>
    say(language, key, params);
